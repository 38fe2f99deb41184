use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::ViewsError;

/// All rows of all tables as text: tables by name, rows by primary key. Two files say the same if
/// and only if their dumps are equal, however their pages lie.
///
/// # Errors
/// [`ViewsError`] if the file cannot be read.
pub fn dump(path: &Path) -> Result<String, ViewsError> {
    whole(&Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY,
    )?)
}

/// The same for views that are open.
pub(crate) fn whole(conn: &Connection) -> Result<String, ViewsError> {
    let mut text = String::new();
    for table in strings(
        conn,
        "SELECT name FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
        [],
    )? {
        text.push_str(&table);
        text.push('\n');
        rows(conn, &table, &mut text)?;
    }
    Ok(text)
}

fn rows(conn: &Connection, table: &str, text: &mut String) -> Result<(), ViewsError> {
    let columns = strings(
        conn,
        "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
        [table],
    )?;
    let key = strings(
        conn,
        "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
        [table],
    )?;
    let quoted = |names: &[String], wrap: fn(&str) -> String| {
        names.iter().map(|n| wrap(n)).collect::<Vec<_>>().join(", ")
    };
    let sql = format!(
        "SELECT {} FROM \"{table}\" ORDER BY {}",
        quoted(&columns, |n| format!("quote(\"{n}\")")),
        quoted(&key, |n| format!("\"{n}\"")),
    );
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for (at, column) in columns.iter().enumerate() {
            let value: String = row.get(at)?;
            text.push_str(if at == 0 { "  " } else { " | " });
            text.push_str(column);
            text.push('=');
            text.push_str(&value);
        }
        text.push('\n');
    }
    Ok(())
}

fn strings(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<String>, ViewsError> {
    let found = conn
        .prepare(sql)?
        .query_map(params, |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}
