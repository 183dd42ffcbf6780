namespace Bayou.Sinks.Tests.Postgres;

/// <summary>A test that needs PostgreSQL's server; skipped with the reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithPostgresAttribute : FactAttribute
{
    public FactWithPostgresAttribute()
    {
        if (PostgresPrograms.Folder is null) Skip = PostgresPrograms.Missing;
    }
}
