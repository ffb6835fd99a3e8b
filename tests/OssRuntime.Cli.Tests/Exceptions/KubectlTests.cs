using System.Runtime.Versioning;
using OssRuntime.Cli.Terminal;
using OssRuntime.Testing.Images;

namespace OssRuntime.Cli.Tests.Exceptions;

/// <summary>Exceptions of the cluster come and are approved through the user's own kubectl; here one that writes down what it was asked.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KubectlTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    [Theory]
    [InlineData("patch riskexceptions.ossruntime.io padding --namespace shop --type=merge --patch={\"spec\":{\"approved\":true}}", "padding", "-n", "shop")]
    [InlineData("patch riskexceptions.ossruntime.io padding --type=merge --patch={\"spec\":{\"approved\":true}}", "padding")]
    [InlineData("patch clusterriskexceptions.ossruntime.io tail --type=merge --patch={\"spec\":{\"approved\":true}}", "tail", "--cluster-wide")]
    public async Task Approving_is_a_patch_under_the_users_own_name(string expected, params string[] arguments)
    {
        Kubectl("echo \"$@\" > \"$0.asked\"; echo padding is approved by bob until 2027-01-01T00:00:00Z");
        var result = await RunAsync(["exceptions", "approve", .. arguments]);
        Assert.Equal((ExitCode.Done, "padding is approved by bob until 2027-01-01T00:00:00Z"), (result.ExitCode, result.Output.Trim()));
        Assert.StartsWith(expected, await File.ReadAllTextAsync(_folder["kubectl.asked"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_servers_words()
    {
        Kubectl("echo \"admission webhook denied the request: 'alice' requested this exception and may not approve it\" >&2; exit 1");
        var result = await RunAsync(["exceptions", "approve", "padding"]);
        Assert.Equal(ExitCode.Unreadable, result.ExitCode);
        Assert.Contains("'alice' requested this exception and may not approve it", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exceptions_of_a_cluster_are_exported()
    {
        Kubectl("""
            cat <<'END'
            {"apiVersion":"v1","kind":"List","items":[
            {"apiVersion":"ossruntime.io/v1alpha1","kind":"ClusterRiskException","metadata":{"name":"tail","uid":"1"},"spec":{"advisories":["CVE-2005-2541"],
             "packages":["pkg:deb/debian/tar"],"status":"not_affected","justification":"vulnerable_code_not_in_execute_path","reason":"that is what tar is for",
             "expires":"2999-01-01T00:00:00Z","approved":true,"requestedBy":"alice","approvedBy":"bob"},"status":{"conditions":[]}}]}
            END
            """);
        var statement = Assert.Single((await RunAsync(["exceptions", "export", "--cluster"])).Json().GetProperty("statements").EnumerateArray());
        Assert.Equal("CVE-2005-2541", statement.GetProperty("vulnerability").GetProperty("name").GetString());
        Assert.Equal("exception tail, approved by bob, until 2999-01-01T00:00:00Z", statement.GetProperty("status_notes").GetString());
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandLineResult> RunAsync(string[] arguments) =>
        CommandLine.RunAsync("", new Dictionary<string, string> { ["PATH"] = $"{_folder[""]}:{Environment.GetEnvironmentVariable("PATH")}" }, arguments);

    private void Kubectl(string script)
    {
        File.WriteAllText(_folder["kubectl"], "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(_folder["kubectl"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
