namespace OssRuntime.Model.Findings;

/// <summary>By what a component and its advisories were brought together, the surest first.</summary>
public enum MatchBasis
{
    /// <summary>The name of a package in its ecosystem.</summary>
    Package,

    /// <summary>The name of a program in CPE: less sure, for the name says little about how the program was built.</summary>
    Cpe,

    /// <summary>A name that the component does not state and that was inferred from its files.</summary>
    InferredName,
}
