namespace Bayou.Sinks.Tests.Postgres;

/// <summary>A theory that needs PostgreSQL's server; skipped with the reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithPostgresAttribute : TheoryAttribute
{
    public TheoryWithPostgresAttribute()
    {
        if (PostgresPrograms.Folder is null) Skip = PostgresPrograms.Missing;
    }
}
