//! Commands as they travel. A service has one table of what may be called and with which messages;
//! from it follow the enum of its calls and its methods on the server.

use app::{Answer, App, Error, Request};
use event_log::{RequestId, Revision, Source};
use uuid::Uuid;

use crate::{caller::Caller, fields::Fields, pb};

/// What every request for a command has; [`calls!`] says where.
pub(crate) trait HasHead {
    /// The fields that every request has.
    fn head(&self) -> Head<'_>;
}

/// One of the calls of a service.
pub(crate) trait Call: HasHead + Sized + Send {
    /// What it is asked of.
    type Id: Send;
    /// What it asks.
    type Command: Send;
    /// The kind of thing; the id of a new one is derived from the request and this word.
    const KIND: &'static str;

    /// What it asks, and of what. `new_id` is the id of what it creates; absent only where the
    /// request has no valid id to derive it from.
    fn read(self, new_id: Option<Uuid>, fields: &Fields<'_>) -> Option<(Self::Id, Self::Command)>;

    /// Carries it out.
    fn execute(
        app: &App,
        id: Self::Id,
        command: Self::Command,
        request: &Request,
    ) -> impl Future<Output = Result<Answer, Error>> + Send;
}

/// The fields that every request for a command has.
pub(crate) struct Head<'a> {
    pub(crate) request_id: &'a str,
    pub(crate) expected_revision: Option<u64>,
    pub(crate) source: Option<&'a pb::Source>,
    pub(crate) dry_run: bool,
}

impl Head<'_> {
    pub(crate) fn read(self, caller: Caller, fields: &Fields<'_>) -> Option<Request> {
        let id = fields.id("request_id", self.request_id);
        let source = fields.optional_message("source", self.source, source);
        Some(Request {
            on_behalf_of: caller.on_behalf_of,
            source: source?,
            expected_revision: self.expected_revision.map(Revision),
            trace: caller.trace,
            dry_run: self.dry_run,
            ..Request::new(RequestId(id?), caller.actor)
        })
    }
}

pub(crate) fn source(fields: &Fields<'_>, source: &pb::Source) -> Option<Source> {
    let document = fields.text("document", &source.document);
    let sheet = fields.optional_text("sheet", &source.sheet);
    Some(Source {
        document: document?.into(),
        sheet: sheet?.map(String::from),
        row: source.row,
    })
}

/// Declares a service's calls, and its methods on the server. A query is answered by the function
/// of its name; what travels in parts is written out.
macro_rules! calls {
    (
        $(#[$meta:meta])*
        $Call:ident of $server:ident::$Service:ident {
            $($Rpc:ident: $method:ident($Request:ident) -> $Response:ident,)+
        }
        queries {
            $($query:ident($Query:ident) -> $Found:ident,)*
        }
        $(streams { $($stream:tt)* })?
    ) => {
        $(#[$meta])*
        pub(crate) enum $Call {
            $($Rpc(pb::$Request),)+
        }

        impl $crate::calls::HasHead for $Call {
            fn head(&self) -> $crate::calls::Head<'_> {
                match self {
                    $($Call::$Rpc(request) => $crate::calls::Head {
                        request_id: &request.request_id,
                        expected_revision: request.expected_revision,
                        source: request.source.as_ref(),
                        dry_run: request.dry_run,
                    },)+
                }
            }
        }

        #[tonic::async_trait]
        impl pb::$server::$Service for $crate::api::Api {
            $(
                async fn $method(
                    &self,
                    request: tonic::Request<pb::$Request>,
                ) -> Result<tonic::Response<pb::$Response>, tonic::Status> {
                    let answer = self.command(request, $Call::$Rpc).await?;
                    Ok(tonic::Response::new(pb::$Response { answer: Some(answer) }))
                }
            )+
            $(
                async fn $query(
                    &self,
                    request: tonic::Request<pb::$Query>,
                ) -> Result<tonic::Response<pb::$Found>, tonic::Status> {
                    $query(self, request).await.map(tonic::Response::new)
                }
            )*
            $($($stream)*)?
        }
    };
}
pub(crate) use calls;
