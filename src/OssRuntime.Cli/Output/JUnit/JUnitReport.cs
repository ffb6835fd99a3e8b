using System.Globalization;
using System.Text;
using System.Xml;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Output.JUnit;

/// <summary>
/// Writes JUnit XML, which pipelines show as tests: a suite for each target. What was not checked is a skipped test with the reason, a target that could not be read
/// an error. Where the user set a gate (policies, <c>--fail-on</c>) what hits it fails; else every package with findings does.
/// </summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, Encoding = new UTF8Encoding(false), CloseOutput = false };

    public static void Write(Stream output, ScanReport report)
    {
        var suites = report.Outcomes.Select(outcome => JUnitSuite.Of(outcome, report.Judge)).ToList();
        if (report.Database is { } database)
        {
            suites.Add(JUnitSuite.Of(database));
        }

        using var xml = XmlWriter.Create(output, Settings);
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "ossruntime scan");
        WriteCounts(xml, [.. suites.SelectMany(suite => suite.Cases)]);
        foreach (var suite in suites)
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Printable(suite.Name));
            WriteCounts(xml, suite.Cases);
            xml.WriteAttributeString("timestamp", report.Now.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
            suite.Cases.ToList().ForEach(test => Write(xml, test));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.Flush();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyCollection<JUnitCase> cases)
    {
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(test => test.Result == JUnitResult.Failed)));
        xml.WriteAttributeString("errors", Number(cases.Count(test => test.Result == JUnitResult.Error)));
        xml.WriteAttributeString("skipped", Number(cases.Count(test => test.Result == JUnitResult.Skipped)));
        xml.WriteAttributeString("time", "0");
    }

    private static void Write(XmlWriter xml, JUnitCase test)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Printable(test.Group));
        xml.WriteAttributeString("name", Printable(test.Name));
        xml.WriteAttributeString("time", "0");
        var element = test.Result switch { JUnitResult.Failed => "failure", JUnitResult.Error => "error", JUnitResult.Skipped => "skipped", _ => null };
        if (element is not null)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("message", Printable(test.Message));
            if (test.Result != JUnitResult.Skipped)
            {
                xml.WriteAttributeString("type", Printable(test.Type));
                xml.WriteString(Lines(test));
            }

            xml.WriteEndElement();
        }
        else if (!test.Details.IsEmpty)
        {
            xml.WriteElementString("system-out", Lines(test));
        }

        xml.WriteEndElement();
    }

    private static string Lines(JUnitCase test) => string.Join('\n', test.Details.Select(Printable));

    /// <summary>The text with what XML cannot hold (XML 1.0, section 2.2) replaced.</summary>
    private static string Printable(string text) =>
        string.Concat(TerminalText.Safe(text).EnumerateRunes().Select(rune => rune.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString()));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
