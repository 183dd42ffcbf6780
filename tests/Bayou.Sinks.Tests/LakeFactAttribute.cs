namespace Bayou.Sinks.Tests;

/// <summary>A test that reads back with a reader that Bayou did not write; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LakeFactAttribute : FactAttribute
{
    public LakeFactAttribute()
    {
        if (Lake.Tool is null) Skip = "The independent reader was not found: set BAYOU_SHARED to the folder that has readers/lake.";
    }
}
