namespace OssRuntime.Operator.Integrity;

/// <summary>What tells the operator's own objects from what somebody else wrote.</summary>
/// <param name="Keys">The keys that only the operator has.</param>
/// <param name="Reports">The seals of reports.</param>
/// <param name="Inventories">The ImageInventories whose seal holds.</param>
internal sealed record Seals(SealKeys Keys, ReportSeal Reports, VerifiedInventories Inventories);
