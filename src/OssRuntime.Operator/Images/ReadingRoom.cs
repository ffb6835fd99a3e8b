namespace OssRuntime.Operator.Images;

/// <summary>
/// Where images are read. One may always be; another beside it only while memory is left for it, and none beside an image that is suspected to have ended the process.
/// </summary>
internal sealed class ReadingRoom(IMemoryLoad memory)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private int _waitingAlone;
    private bool _isTakenAlone;

    /// <summary>Waits for a place; it is given back by disposing of it.</summary>
    /// <param name="alone">True to have nobody else inside.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<IDisposable> EnterAsync(bool alone, CancellationToken cancel)
    {
        Wait(alone, 1);
        try
        {
            while (true)
            {
                Task left;
                lock (_gate)
                {
                    if (MayEnter(alone))
                    {
                        _inside++;
                        _isTakenAlone = alone;
                        return new Place(this);
                    }

                    left = _left.Task;
                }

                await left.WaitAsync(cancel);
            }
        }
        finally
        {
            Wait(alone, -1);
        }
    }

    // Who wants to be alone would wait for ever if others came and went meanwhile.
    private bool MayEnter(bool alone) => _inside == 0 ? alone || _waitingAlone == 0 : !alone && !_isTakenAlone && _waitingAlone == 0 && !memory.IsHigh;

    private void Wait(bool alone, int change)
    {
        lock (_gate)
        {
            _waitingAlone += alone ? change : 0;
            if (change < 0)
            {
                Tell();
            }
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _inside--;
            _isTakenAlone = false;
            Tell();
        }
    }

    private void Tell()
    {
        var left = _left;
        _left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        left.SetResult();
    }

    private sealed class Place(ReadingRoom room) : IDisposable
    {
        private ReadingRoom? _room = room;

        public void Dispose() => Interlocked.Exchange(ref _room, null)?.Leave();
    }
}
