using System.Collections.Immutable;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Exceptions;

/// <summary>Makes an exception of what is written, or says of each field what is wrong with it.</summary>
public static class RiskExceptionCompiler
{
    private const int MostEntries = 1000;

    private static readonly string[] Statuses = ["not_affected", "affected", "fixed", "under_investigation"];

    // The justifications of VEX ("Status Justifications", CISA 2022), in the words of OpenVEX.
    private static readonly string[] Justifications =
    [
        "component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
        "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist",
    ];

    /// <summary>Reads the spec of an exception; a null namespace makes it one for the cluster.</summary>
    public static ExceptionReading Compile(string? @namespace, string name, RiskExceptionSpec? spec)
    {
        var errors = new FieldErrors();
        if (spec is null)
        {
            errors.Add("spec", "is required");
            return new ExceptionReading(null, errors.All);
        }

        if (Count(spec.Advisories) + Count(spec.Packages) + Count(spec.Rules) == 0)
        {
            errors.Add("spec", "must name what is accepted: advisories, packages or rules");
        }

        if (@namespace is not null && Count(spec.Namespaces) > 0)
        {
            errors.Add("spec.namespaces", "is allowed in a ClusterRiskException only: a RiskException applies in its own namespace");
        }

        CheckWords(spec, errors);
        var packages = ImmutableArray.CreateBuilder<PackagePattern>();
        for (var i = 0; i < Count(spec.Packages); i++)
        {
            if (PackagePattern.TryParse(spec.Packages[i], out var pattern, out var error))
            {
                packages.Add(pattern!);
            }
            else
            {
                errors.Add($"spec.packages[{i}]", error!);
            }
        }

        return errors.All.IsEmpty
            ? new ExceptionReading(
                new RiskException
                {
                    Name = @namespace is null ? name : $"{@namespace}/{name}",
                    Namespace = @namespace,
                    Spec = spec,
                    Packages = packages.DrainToImmutable(),
                    Expires = spec.Expires!.Value,
                },
                [])
            : new ExceptionReading(null, errors.All);
    }

    private static void CheckWords(RiskExceptionSpec spec, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(spec.Reason))
        {
            errors.Add("spec.reason", "is required: say why this is accepted");
        }

        if (spec.Expires is null)
        {
            errors.Add("spec.expires", "is required: every exception must end");
        }

        if (spec.Status is not null && !Statuses.Contains(spec.Status, StringComparer.Ordinal))
        {
            errors.Add("spec.status", $"'{spec.Status}' is invalid, use one of {string.Join(", ", Statuses)}");
        }

        if (spec.Justification is null == (spec.Status == "not_affected"))
        {
            errors.Add("spec.justification", spec.Justification is null ? "is required for not_affected" : "is allowed with status not_affected only");
        }
        else if (spec.Justification is not null && !Justifications.Contains(spec.Justification, StringComparer.Ordinal))
        {
            errors.Add("spec.justification", $"'{spec.Justification}' is invalid, use one of {string.Join(", ", Justifications)}");
        }

        if (Count(spec.Advisories) + Count(spec.Packages) + Count(spec.Rules) + Count(spec.Images) + Count(spec.Workloads) > MostEntries)
        {
            errors.Add("spec", $"has more than {MostEntries} entries");
        }
    }

    private static int Count(ImmutableArray<string> list) => list.IsDefault ? 0 : list.Length;
}
