namespace OssRuntime.Inventory.Tests.Fuzzing;

/// <summary>A reader with sound input and what it may throw over broken input.</summary>
/// <param name="Name">What the test calls it.</param>
/// <param name="Seed">Sound input.</param>
/// <param name="Read">Reads input.</param>
/// <param name="Allowed">What it may throw; anything else is a mistake in the reader.</param>
internal sealed record FuzzTarget(string Name, byte[] Seed, Action<byte[]> Read, params Type[] Allowed);
