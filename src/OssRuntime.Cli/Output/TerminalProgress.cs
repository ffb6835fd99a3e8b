using OssRuntime.Cli.Scanning;
using OssRuntime.Cli.Terminal;
using OssRuntime.Inventory;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>Progress bars on a terminal: one for each layer that is being read.</summary>
internal sealed class TerminalProgress(ProgressContext context) : IScanProgress
{
    public IScanSteps Begin(string target) => new Steps(context, TerminalText.Safe(target));

    private sealed class Steps : IScanSteps
    {
        private readonly ProgressContext _context;
        private readonly ProgressTask _whole;
        private readonly Lock _gate = new();
        private readonly Dictionary<int, ProgressTask> _layers = [];

        public Steps(ProgressContext context, string target)
        {
            _context = context;
            _whole = context.AddTask(Markup.Escape(target), maxValue: 1);
            _whole.IsIndeterminate = true;
        }

        public void Report(IndexProgress value)
        {
            lock (_gate)
            {
                if (value.Layer is null)
                {
                    return;
                }

                if (!_layers.TryGetValue(value.Number, out var bar))
                {
                    _layers[value.Number] = bar = _context.AddTask($"  layer {value.Number} of {value.Layers}", maxValue: Math.Max(1, value.Total ?? 1));
                    bar.IsIndeterminate = value.Total is null;
                }

                bar.Value = value.State == LayerState.Reading ? value.Read : bar.MaxValue;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                foreach (var bar in _layers.Values)
                {
                    bar.Value = bar.MaxValue;
                    bar.StopTask();
                }

                _whole.IsIndeterminate = false;
                _whole.Value = _whole.MaxValue;
                _whole.StopTask();
            }
        }
    }
}
