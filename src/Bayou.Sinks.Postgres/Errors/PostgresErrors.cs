using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>What the server's errors mean for a table.</summary>
internal static partial class PostgresErrors
{
    // What waiting does not help: privileges, tables and columns that are not there or of other types, what the server cannot do at all.
    private static readonly HashSet<string> FatalStates = new(StringComparer.Ordinal)
    {
        PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.UndefinedTable, PostgresErrorCodes.UndefinedColumn, PostgresErrorCodes.InvalidSchemaName,
        PostgresErrorCodes.DatatypeMismatch, PostgresErrorCodes.WrongObjectType, PostgresErrorCodes.FeatureNotSupported,
        PostgresErrorCodes.InvalidColumnReference, PostgresErrorCodes.SyntaxError,
    };

    // Said of the form that values are sent in, which is this sink's own doing or follows a change of the table; never of a row.
    private static readonly HashSet<string> FormStates = new(StringComparer.Ordinal)
    {
        PostgresErrorCodes.InvalidBinaryRepresentation, PostgresErrorCodes.BadCopyFileFormat,
    };

    /// <summary>The kind; whatever is not known is transient.</summary>
    public static SinkErrorKind KindOf(Exception exception) =>
        exception is PostgresException { SqlState: var state } && FatalStates.Contains(state) ? SinkErrorKind.Fatal : SinkErrorKind.Transient;

    /// <summary>
    /// True when the server refused rows for what they hold, and would again: values that it cannot keep, and constraints that have to do with nothing but the row and the rows
    /// that are there. A missing foreign key or partition may come yet.
    /// </summary>
    public static bool IsAboutRows(PostgresException exception) => exception.SqlState switch
    {
        PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => true,
        // Without a constraint's name it is a partitioned table that has no partition for the row.
        PostgresErrorCodes.CheckViolation => !string.IsNullOrEmpty(exception.ConstraintName),
        // An index entry that is too large.
        PostgresErrorCodes.ProgramLimitExceeded => true,
        var state => state.StartsWith("22", StringComparison.Ordinal) && !FormStates.Contains(state),
    };

    /// <summary>True when the error may come from a table that was changed after it was looked at.</summary>
    public static bool MayBeShape(Exception exception) => exception is PostgresException postgres
        && (FatalStates.Contains(postgres.SqlState) || FormStates.Contains(postgres.SqlState) || postgres.SqlState == PostgresErrorCodes.ProtocolViolation || IsAboutRows(postgres));

    /// <summary>The row of a COPY that the server names, from 0; null when it names none.</summary>
    public static int? RowOf(PostgresException exception) =>
        exception.Where is { } where && CopyLine().Match(where) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line > 0
            ? line - 1
            : null;

    /// <summary>The error for logs and status, without values of rows.</summary>
    public static string Text(Exception exception) => exception switch
    {
        PostgresException postgres => $"{postgres.MessageText} (SQLSTATE {postgres.SqlState})",
        NpgsqlException { InnerException: { } inner } npgsql => $"{npgsql.Message}: {inner.Message}",
        _ => exception.Message,
    };

    // "COPY orders, line 3, column id": the words are translated by some servers, the commas and the number stay. Only the first line tells of the COPY itself.
    [GeneratedRegex(@"^COPY [^\n]*?, \p{L}+ (\d+)(?:,|:|$)", RegexOptions.Multiline)]
    private static partial Regex CopyLine();
}
