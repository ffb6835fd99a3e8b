using OssRuntime.Stage.Clusters;
await using var c = await Cluster.FindOrStartAsync(new ClusterOptions { WithControllers = args.Length > 0 }, Console.Out);
Console.WriteLine(c.KubeconfigPath);
Console.WriteLine(await c.KubeconfigForAsync("jane", ["dev"]));
await Task.Delay(TimeSpan.FromSeconds(40));
return 0;
