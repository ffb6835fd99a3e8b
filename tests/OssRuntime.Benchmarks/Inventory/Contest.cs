namespace OssRuntime.Benchmarks.Inventory;

/// <summary>Runs several programs in turns (A B C A B C …), so that what else happens on the machine falls on all of them alike.</summary>
internal sealed class Contest
{
    private readonly Dictionary<string, List<Trial>> _trials = new(StringComparer.Ordinal);

    private Contest()
    {
    }

    /// <summary>Runs each of them once to warm up and then <paramref name="rounds"/> times.</summary>
    public static async Task<Contest> RunAsync(IReadOnlyList<Contestant> contestants, int rounds, CancellationToken cancellation)
    {
        var contest = new Contest();
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                var trial = await contestant.RunAsync(cancellation);
                if (round > 0)
                {
                    contest.Of(contestant.Name).Add(trial);
                }
            }
        }

        return contest;
    }

    /// <summary>The median of a figure.</summary>
    public double Median(string name, Func<Trial, double> figure) => Median(Of(name).Select(figure));

    /// <summary>The least of a figure: what it is when nothing else runs.</summary>
    public double Least(string name, Func<Trial, double> figure) => Of(name).Min(figure);

    /// <summary>The largest of a figure.</summary>
    public double Most(string name, Func<Trial, double> figure) => Of(name).Max(figure);

    /// <summary>The median of a figure's ratios, each of two runs that followed one another.</summary>
    public double Ratio(string name, string to, Func<Trial, double> figure) =>
        Median(Of(name).Zip(Of(to), (one, other) => figure(one) / figure(other)));

    /// <summary>True where that one took part.</summary>
    public bool Has(string name) => _trials.ContainsKey(name);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private List<Trial> Of(string name)
    {
        if (!_trials.TryGetValue(name, out var trials))
        {
            _trials.Add(name, trials = []);
        }

        return trials;
    }
}
