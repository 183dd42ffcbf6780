namespace Bayou.Sources;

/// <summary>Which of the silo's consumers serves a reader.</summary>
public enum ReaderRole
{
    /// <summary>Feeds the live tables.</summary>
    Live,

    /// <summary>Feeds tables that are behind.</summary>
    CatchUp,
}
