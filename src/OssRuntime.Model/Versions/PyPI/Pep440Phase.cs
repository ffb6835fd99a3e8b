namespace OssRuntime.Model.Versions.PyPI;

/// <summary>The phase of a pre-release (PEP 440, "Pre-releases").</summary>
internal enum Pep440Phase
{
    None,
    Alpha,
    Beta,
    Candidate,
}
