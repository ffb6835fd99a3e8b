using OssRuntime.Inventory;

namespace OssRuntime.Cli.Scanning;

/// <summary>The progress of one target.</summary>
internal interface IScanSteps : IProgress<IndexProgress>, IDisposable;
