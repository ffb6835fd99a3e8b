using OssRuntime.Advisories.Database;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>A database of whole feeds.</summary>
/// <param name="IsReal">True for the publishers' own feeds, false for the slice.</param>
/// <param name="Database">The database.</param>
/// <param name="Info">What it says of itself.</param>
internal sealed record Corpus(bool IsReal, AdvisoryDatabase Database, DatabaseInfo Info);
