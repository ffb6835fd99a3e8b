namespace OssRuntime.Model.Versions.SemVer;

/// <summary>What an ecosystem lets pass that Semantic Versioning 2.0 does not.</summary>
[Flags]
internal enum SemVerLeniency
{
    /// <summary>Nothing: three numbers, and the rest to the letter.</summary>
    None = 0,

    /// <summary>A <c>v</c> before the version.</summary>
    Prefix = 1,

    /// <summary>Any number of <c>v</c>, <c>=</c> and white space before the version, white space after it.</summary>
    AnyPrefix = 2,

    /// <summary>One or two numbers: the missing ones are zero.</summary>
    MissingNumbers = 4,

    /// <summary>Leading zeros in numbers, pre-release numbers included.</summary>
    LeadingZeros = 8,

    /// <summary>A pre-release right after the last number, without a hyphen.</summary>
    NoHyphen = 16,

    /// <summary>Anything after the numbers and the pre-release: it counts as build metadata.</summary>
    AnyTail = 32,

    /// <summary>
    /// What is let pass where two texts are compared and not judged: ranges of advisories say <c>1.1</c> where they mean <c>1.1.0</c>.
    /// </summary>
    Compared = Prefix | MissingNumbers | LeadingZeros,
}
