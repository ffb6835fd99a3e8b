using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Tests.Priorities;

/// <summary>docs/priority.md says what is decided.</summary>
public sealed class PriorityDocumentTests
{
    [Fact]
    public void Every_row_of_the_written_table_is_what_is_decided()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "priority.md"))
            .SkipWhile(line => line != "## The table")
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();

        Assert.Equal(3 * 3 * 2, rows.Select(row => (row[0], row[1], row[2])).Distinct().Count());
        foreach (var row in rows)
        {
            foreach (var impact in Enum.GetValues<HumanImpact>())
            {
                var inputs = new PriorityInputs(Enum.Parse<Exploitation>(row[0]), Enum.Parse<SystemExposure>(row[1]), row[2] == "yes", impact);
                Assert.Equal(Enum.Parse<Priority>(row[3 + (int)impact]), DeployerTable.Decide(inputs));
            }
        }
    }
}
