using System.Collections.Immutable;

namespace OssRuntime.Cli.Exceptions;

/// <summary>What an exception says of one flaw, in the words of OpenVEX.</summary>
/// <param name="Flaw">The flaw's id.</param>
/// <param name="Aliases">Its other ids.</param>
/// <param name="Product">The purl of the image, or of the package where no image is meant.</param>
/// <param name="Subcomponent">The purl of the package in the image, or null.</param>
/// <param name="Status">not_affected, affected, fixed or under_investigation.</param>
/// <param name="Justification">Why it is not affected, or null.</param>
/// <param name="Reason">The exception's reason.</param>
/// <param name="Notes">Whose exception it is, where it holds and until when.</param>
internal sealed record VexClaim(
    string Flaw, ImmutableArray<string> Aliases, string Product, string? Subcomponent, string Status, string? Justification, string Reason, string Notes);
