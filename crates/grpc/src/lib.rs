//! The API for other departments: generated code, conversion, status mapping.
