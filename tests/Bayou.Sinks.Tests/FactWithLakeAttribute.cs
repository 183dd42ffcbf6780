namespace Bayou;

/// <summary>A test that needs the independent reader <see cref="Lake"/>; skipped with the reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithLakeAttribute : FactAttribute
{
    public FactWithLakeAttribute()
    {
        if (Lake.Path is null) Skip = "The independent reader was not found: set BAYOU_SHARED to the folder that holds readers/lake.";
    }
}
