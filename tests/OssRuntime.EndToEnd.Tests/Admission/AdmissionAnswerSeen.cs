namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>What somebody who asked the API server for something saw.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Text">The answer's body.</param>
/// <param name="Warnings">The warnings that kubectl would print.</param>
internal sealed record AdmissionAnswerSeen(int Code, string Text, IReadOnlyList<string> Warnings)
{
    /// <summary>In the words of the table of cases: denied, warned or allowed.</summary>
    public string Decision => Code switch
    {
        403 when Text.Contains("ossruntime.io\\\" denied the request", StringComparison.Ordinal) => "denied",
        >= 200 and < 300 => Warnings.Any(warning => warning.Contains("OssRuntime: ", StringComparison.Ordinal)) ? "warned" : "allowed",
        _ => $"{Code} {Text}",
    };
}
