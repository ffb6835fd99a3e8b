using OssRuntime.Operator.Hosting;

return await OperatorCommand.RunAsync(args);
