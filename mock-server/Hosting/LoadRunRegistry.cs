using System.Globalization;
using System.Security.Cryptography;
using Downloader.MockServer.Client;
using Downloader.MockServer.Middleware;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Http;

namespace Downloader.MockServer.Hosting;

/// <summary>The run of several clients: they join, are released together, and end. It holds the server as any other run does, from its
/// first client until its audit has read the log.</summary>
/// <param name="runs">Which run holds the server.</param>
/// <param name="state">Where the requests of the run are logged.</param>
internal sealed class LoadRunRegistry(RunRegistry runs, ServerState state)
{
    private const int MaxJoinSeconds = 3_600;
    private const int MaxNameLength = 64;
    private readonly Lock _lock = new();
    private Run? _current;

    /// <summary>The run, also when it is over; null where there is none.</summary>
    public LoadRun? Get()
    {
        lock (_lock)
        {
            return _current is not { } run ? null : new LoadRun(
                run.Plan, run.State, run.Released, run.Failure, [.. run.Members.Select(member => member.Client)], ClientMachine.Current)
            {
                Id = run.Id,
                EndedAgo = Clock.Now - run.Ended,
            };
        }
    }

    /// <summary>A client joins the run, or begins one.</summary>
    /// <exception cref="ControlRequestException">The run is complete or over, its clients do something else, or another run holds the
    /// server.</exception>
    public LoadMember Join(JoinRequest request, string address, bool isOnServerMachine)
    {
        Check(request);
        lock (_lock)
        {
            if (_current is null or { State: LoadRunState.Failed }) _current = Begin(request);
            var run = _current;
            CheckIsOpen(run);
            if (run.Plan != request.Plan) throw Conflict($"the run of this server is {run.Plan}; this client has {request.Plan}");
            var number = run.Members.Count;
            // Others print them.
            var machine = request.Machine with
            {
                Name = SingleLine.From(request.Machine.Name, MaxNameLength),
                Id = SingleLine.From(request.Machine.Id, MaxNameLength),
            };
            var member = new LoadMember(number, new LoadClient(
                number, address, isOnServerMachine, machine, LoadClientState.Joined, Clock.Now, Ended: null, Claim: null));
            run.Members.Add(member);
            if (run.Members.Count == run.Plan.Clients) Release(run);
            return member;
        }
    }

    /// <summary>A client has ended.</summary>
    /// <param name="mark">The mark of the client.</param>
    /// <param name="claim">What it says of its share.</param>
    /// <exception cref="ControlRequestException">No client of the run that is going on has this mark.</exception>
    public void End(string? mark, string claim)
    {
        lock (_lock)
        {
            var member = _current is { State: LoadRunState.Running } run ? run.Members.Find(one => one.Mark == mark) : null;
            if (member is not { Client.State: LoadClientState.Joined }) throw Conflict("no client of this mark is at work in a run");
            member.Client = member.Client with { State = LoadClientState.Ended, Ended = Clock.Now, Claim = claim };
            member.SetEnded();
            EndWhenAllHave(_current!);
        }
    }

    /// <summary>The connection of a client has ended: it is lost, unless it had ended before.</summary>
    public void Leave(LoadMember member)
    {
        lock (_lock)
        {
            var isAtWork = _current is { } run && run.Members.Contains(member) && member.Client.State == LoadClientState.Joined;
            if (!isAtWork || _current!.IsOver) return;
            member.Client = member.Client with { State = LoadClientState.Lost, Ended = Clock.Now };
            if (_current.State == LoadRunState.Joining) Fail(_current, $"{member.Client.Name} left before all had joined");
            else EndWhenAllHave(_current);
        }
    }

    /// <summary>Forgets the run, so that another one can begin.</summary>
    /// <param name="id">Its id; null for any.</param>
    /// <exception cref="ControlRequestException">It is not over, or there is another one by now.</exception>
    public void Close(string? id)
    {
        lock (_lock)
        {
            if (_current is null) return;
            if (id is not null && id != _current.Id) throw Conflict("another run of several clients has taken the place of this one");
            if (!_current.IsOver) throw Conflict("the run of several clients is not over");
            runs.End(_current.Lease);
            state.SetClientMarks(null);
            _current = null;
        }
    }

    private static void Check(JoinRequest request)
    {
        var isPossible = request.Plan.IsPossible()
            && request is { JoinSeconds: >= 1 and <= MaxJoinSeconds, Machine: { Name: not null, Id: not null } };
        if (!isPossible) throw new ControlRequestException(StatusCodes.Status400BadRequest, "no run of several clients can be so");
    }

    private static void CheckIsOpen(Run run)
    {
        if (run.State == LoadRunState.Running)
            throw Conflict($"all {run.Plan.Clients} clients of the run have joined already: this one is one too many, or too late");
        if (run.State == LoadRunState.Ended)
            throw Conflict($"the run of {run.Plan.Clients} clients has ended, and its audit has not read it yet (see audit --help)");
    }

    private static ControlRequestException Conflict(string reason) => new(StatusCodes.Status409Conflict, reason);

    private Run Begin(JoinRequest request)
    {
        var run = new Run(request.Plan, runs.Acquire());
        _ = FailAfter(run, request.JoinSeconds);
        return run;
    }

    private async Task FailAfter(Run run, int seconds)
    {
        await run.Joining.WaitAsync(TimeSpan.FromSeconds(seconds)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            if (run.State != LoadRunState.Joining) return;
            var missing = string.Join(", ", Enumerable.Range(run.Members.Count, run.Plan.Clients - run.Members.Count));
            var joined = string.Join(", ", run.Members.Select(member => member.Client.Name));
            Fail(run, string.Create(CultureInfo.InvariantCulture,
                $"{run.Members.Count} of {run.Plan.Clients} clients joined within {seconds} s: missing {missing}; joined {joined}"));
        }
    }

    private void Release(Run run)
    {
        state.ResetAudit();
        state.SetClientMarks(run.Members.ToDictionary(member => member.Mark, member => member.Client.Number));
        var now = Clock.Now;
        state.BeginIteration(now);
        run.State = LoadRunState.Running;
        run.Released = now;
        run.EndJoining();
        foreach (var member in run.Members) member.Release(failure: null);
    }

    /// <summary>Without a log to protect the server is free at once.</summary>
    private void Fail(Run run, string reason)
    {
        run.State = LoadRunState.Failed;
        run.Failure = reason;
        run.Ended = Clock.Now;
        run.EndJoining();
        runs.End(run.Lease);
        foreach (var member in run.Members) member.Release(reason);
    }

    private void EndWhenAllHave(Run run)
    {
        if (run.Members.Exists(member => member.Client.State == LoadClientState.Joined)) return;
        var now = Clock.Now;
        state.Audit.EndIteration(now);
        state.Audit.StopLogging();
        run.Ended = now;
        run.State = LoadRunState.Ended;
    }

    /// <summary>A run of several clients.</summary>
    private sealed class Run(LoadPlan plan, RunRegistry.Run lease)
    {
        private readonly TaskCompletionSource _joining = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Id { get; } = RandomNumberGenerator.GetHexString(16);

        public LoadPlan Plan { get; } = plan;

        public RunRegistry.Run Lease { get; } = lease;

        public List<LoadMember> Members { get; } = [];

        public LoadRunState State { get; set; }

        public TimeSpan? Released { get; set; }

        public TimeSpan? Ended { get; set; }

        /// <summary>Completes when no client can join any more.</summary>
        public Task Joining => _joining.Task;

        public string? Failure { get; set; }

        public void EndJoining() => _joining.TrySetResult();

        public bool IsOver => State is LoadRunState.Ended or LoadRunState.Failed;
    }
}
