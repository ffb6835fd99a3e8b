namespace OssRuntime.Model.Packages;

/// <summary>What a component is to the image it is in.</summary>
public enum ComponentType
{
    /// <summary>A package of a programming language.</summary>
    Library,

    /// <summary>A package of the distribution.</summary>
    OsPackage,

    /// <summary>A program that no package manager installed.</summary>
    Application,

    /// <summary>A language runtime: Node.js, CPython, a JRE, .NET.</summary>
    Runtime,
}
