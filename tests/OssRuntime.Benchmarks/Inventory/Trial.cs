namespace OssRuntime.Benchmarks.Inventory;

/// <summary>What one run of a program cost.</summary>
/// <param name="Processor">Processor seconds, of the program and its threads.</param>
/// <param name="Wall">Seconds from start to end.</param>
/// <param name="PeakMegabytes">The most memory that was resident, in MiB, as the kernel counts it.</param>
internal sealed record Trial(double Processor, double Wall, double PeakMegabytes);
