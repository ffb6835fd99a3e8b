namespace OssRuntime.Advisories.Database;

/// <summary>An ecosystem, with its release, and how many packages and statements about them the database has for it.</summary>
public sealed record EcosystemInfo(string Name, int Packages, int Statements);
