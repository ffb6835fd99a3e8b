using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Policies;

/// <summary>
/// The policies in force. One that can no longer be read keeps its last good form, for a slip of the hand must not open the door; what is wrong with
/// it is in <see cref="ErrorsOf"/>.
/// </summary>
internal sealed class PolicySet
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (RiskPolicy Policy, string Mark)> _good = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<FieldError>> _errors = new(StringComparer.Ordinal);
    private volatile Snapshot _current = new([], []);

    /// <summary>The policies, by name.</summary>
    public ImmutableArray<RiskPolicy> All => _current.Policies;

    /// <summary>Each policy's name with the hash of its form, in the same order: what verdicts were computed with.</summary>
    public ImmutableArray<string> Marks => _current.Marks;

    /// <summary>The mark of a policy that is in force.</summary>
    public string MarkOf(string name) =>
        _current.ByName.GetValueOrDefault(name, name);

    /// <summary>Takes over a policy; null where it is gone. True where what is in force has changed.</summary>
    public bool Set(string name, RiskPolicyResource? resource)
    {
        lock (_gate)
        {
            var before = _current.Marks;
            _errors.Remove(name);
            if (resource is null)
            {
                _good.Remove(name);
            }
            else
            {
                var reading = RiskPolicyCompiler.Compile(name, resource.Spec);
                if (reading.Policy is { } policy)
                {
                    _good[name] = (policy, MarkOf(name, resource.Spec!));
                }
                else
                {
                    _errors[name] = reading.Errors;
                }
            }

            _current = new Snapshot([.. _good.Values.Select(entry => entry.Policy)], [.. _good.Values.Select(entry => entry.Mark)]);
            return !before.AsSpan().SequenceEqual(_current.Marks.AsSpan());
        }
    }

    /// <summary>What is wrong with a policy as it is stored.</summary>
    public ImmutableArray<FieldError> ErrorsOf(string name)
    {
        lock (_gate)
        {
            return _errors.GetValueOrDefault(name, []);
        }
    }

    /// <summary>True where a form of the policy is in force.</summary>
    public bool IsInForce(string name)
    {
        lock (_gate)
        {
            return _good.ContainsKey(name);
        }
    }

    private static string MarkOf(string name, RiskPolicySpec spec)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new RiskPolicyResource { Spec = spec }, ResourceJson.Default.RiskPolicyResource);
        return $"{name}@{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}";
    }

    private sealed record Snapshot(ImmutableArray<RiskPolicy> Policies, ImmutableArray<string> Marks)
    {
        public FrozenDictionary<string, string> ByName { get; } =
            Policies.Zip(Marks).ToFrozenDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }
}
