using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Tests.Priorities;

public sealed class DeployerTableTests
{
    [Fact]
    public void Every_row_of_the_published_table_is_decided_as_published()
    {
        var rows = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Priorities/testdata/deployer-table.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();

        Assert.Equal(3 * 3 * 2 * 4, rows.Count);
        Assert.All(rows, row => Assert.Equal(Enum.Parse<Priority>(row[4]), DeployerTable.Decide(Inputs(row))));
        Assert.Equal(rows.Count, rows.Select(Inputs).Distinct().Count());
    }

    private static PriorityInputs Inputs(string[] row) =>
        new(Enum.Parse<Exploitation>(row[0]), Enum.Parse<SystemExposure>(row[1]), row[2] == "yes", Enum.Parse<HumanImpact>(row[3]));
}
