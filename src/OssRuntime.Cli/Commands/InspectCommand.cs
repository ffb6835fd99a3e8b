using System.CommandLine;
using OssRuntime.Cli.Inspecting;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Versions;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime inspect</c>: the algebra of the model, line by line, for tests and scripts.</summary>
internal static class InspectCommand
{
    private const string Description = """
        Reads lines from standard input and writes one line for each: compares versions, reads package URLs or CVSS vectors.

        Examples:
          echo '1.0~rc1 1.0' | ossruntime inspect versions --ecosystem Debian
          echo 'pkg:npm/%40babel/core@7.0.0' | ossruntime inspect purl
          echo 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' | ossruntime inspect cvss
        """;

    public static Command Create() => new("inspect", Description) { Versions(), Purls(), Cvss() };

    private static Command Versions()
    {
        var ecosystem = new Option<string>("--ecosystem") { Description = "An ecosystem as the OSV schema names it: npm, PyPI, Debian, Maven …", Required = true };
        var command = new Command("versions", "Lines \"A B\" in; \"<\", \"=\", \">\" or \"! reason\" out.") { ecosystem };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(ecosystem)!;
            var order = VersionOrders.ForName(name)
                ?? throw new CommandLineException(ExitCode.Usage, $"the ecosystem '{name}' is unknown, so its versions cannot be compared: use a name of the OSV schema, such as npm, PyPI or Debian");
            return Answer(line => VersionInspection.Answer(order, line));
        });
        return command;
    }

    private static Command Purls()
    {
        var command = new Command("purl", "Package URLs in; one JSON object a line out, with the parts or an error.");
        command.SetAction(_ => Answer(PurlInspection.Answer));
        return command;
    }

    private static Command Cvss()
    {
        var command = new Command("cvss", "CVSS vectors of any version in; one JSON object a line out, with the scores or an error.");
        command.SetAction(_ => Answer(CvssInspection.Answer));
        return command;
    }

    private static int Answer(Func<string, string> answer)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        while (Console.In.ReadLine() is { } line)
        {
            output.WriteLine(answer(line));
        }

        return ExitCode.Done;
    }
}
