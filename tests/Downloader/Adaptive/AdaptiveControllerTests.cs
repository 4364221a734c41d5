namespace Downloader.Tests.Library.Adaptive;

/// <summary>The controller, step by step.</summary>
public sealed class AdaptiveControllerTests
{
    private static readonly TimeSpan ServiceTime = TimeSpan.FromMilliseconds(20);
    private static readonly AttemptEnd Served = new(AttemptOutcome.Served) { ServiceTime = ServiceTime };

    private readonly AdaptiveController _controller = new(ceiling: 64);
    private TimeSpan _now;

    [Fact]
    public void Without_a_limit_each_round_doubles_up_to_the_ceiling()
    {
        List<int> rounds = [];
        for (var round = 0; round < 5; round++) rounds.Add(RunRound(Served));

        Assert.Equal([12, 24, 48, 64, 64], rounds);
    }

    [Fact]
    public void A_round_whose_ends_all_come_before_the_next_starts_doubles_too()
    {
        foreach (var attempt in StartAll()) End(attempt, Served);

        Assert.Equal(24, _controller.Limit);
    }

    [Fact]
    public void Where_fewer_start_than_may_the_limit_stays()
    {
        for (var i = 0; i < 50; i++)
        {
            _controller.TryStart(_now, out var attempt, out _);
            End(attempt, Served);
        }

        Assert.Equal(12, _controller.Limit);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_low_ceiling_is_never_passed(int ceiling)
    {
        var controller = new AdaptiveController(ceiling);

        Assert.Equal(ceiling, controller.Limit);
    }

    [Fact]
    public void Errors_change_nothing()
    {
        for (var round = 0; round < 5; round++) Assert.Equal(12, RunRound(new AttemptEnd(AttemptOutcome.Failed)));
    }

    [Fact]
    public void Slow_answers_stop_the_growth_and_never_shrink_it()
    {
        RunRound(Served);
        RunRound(Served);
        RunRound(Served with { ServiceTime = 3 * ServiceTime });
        var limit = _controller.Limit;

        for (var round = 0; round < 5; round++) RunRound(Served with { ServiceTime = 3 * ServiceTime });

        Assert.InRange(limit, 24, 64);
        Assert.Equal(limit, _controller.Limit);
    }

    [Fact]
    public void The_first_answer_of_a_connection_is_no_sign_of_a_queue()
    {
        RunRound(Served);
        RunRound(Served);
        for (var round = 0; round < 3; round++) RunRound(Served with { ServiceTime = 3 * ServiceTime, OpenedConnection = true });

        Assert.Equal(64, _controller.Limit);
    }

    [Fact]
    public void A_refusal_leaves_as_many_as_the_server_has_let_in()
    {
        var round = StartAll();

        End(round[^1], new AttemptEnd(AttemptOutcome.Refused));

        Assert.Equal(11, _controller.Limit);
        Assert.False(_controller.TryStart(_now, out _, out var wait));
        Assert.Null(wait);
    }

    [Fact]
    public void The_refusals_of_one_round_leave_seven_tenths()
    {
        foreach (var attempt in StartAll()) End(attempt, new AttemptEnd(AttemptOutcome.Refused));
        var first = _controller.Limit;
        foreach (var attempt in StartAll()) End(attempt, new AttemptEnd(AttemptOutcome.Refused));

        Assert.Equal(8, first);
        Assert.Equal(5, _controller.Limit);
    }

    [Fact]
    public void Nothing_starts_before_a_Retry_After_has_passed_whoever_was_told()
    {
        var round = StartAll();
        End(round[0], new AttemptEnd(AttemptOutcome.Refused) { RetryAfter = TimeSpan.FromSeconds(2) });
        foreach (var attempt in round.Skip(1)) End(attempt, Served);

        var isStarted = _controller.TryStart(_now, out _, out var wait);
        var isStartedLater = _controller.TryStart(_now + TimeSpan.FromSeconds(2), out _, out _);

        Assert.False(isStarted);
        Assert.Equal(TimeSpan.FromSeconds(2), wait);
        Assert.True(isStartedLater);
    }

    [Fact]
    public void After_a_429_no_more_start_in_a_period_than_were_accepted_in_one()
    {
        var round = StartAll();
        foreach (var attempt in round.Take(10)) End(attempt, Served);
        foreach (var attempt in round.Skip(10))
            End(attempt, new AttemptEnd(AttemptOutcome.RateLimited) { RetryAfter = TimeSpan.FromSeconds(1) });
        _now += TimeSpan.FromSeconds(1.1);

        var first = StartAll();
        foreach (var attempt in first) End(attempt, Served);
        _now += TimeSpan.FromSeconds(0.9);
        var tooEarly = StartAll();
        _now += TimeSpan.FromSeconds(0.2);
        var second = StartAll();

        Assert.Equal(10, first.Count);
        Assert.Empty(tooEarly);
        Assert.Equal(10, second.Count);
        Assert.Equal(10, _controller.StartsPerSecond);
    }

    private int RunRound(AttemptEnd end)
    {
        var round = StartAll();
        _now += ServiceTime;
        foreach (var attempt in round)
        {
            End(attempt, end);
            // As long as the round lasts as many are in flight as may be.
            StartAll();
        }

        while (_controller.InFlight > 0) _controller.OnEnded(new AdaptiveAttempt(0, TimeSpan.Zero), new(AttemptOutcome.Failed), _now);
        return round.Count;
    }

    private List<AdaptiveAttempt> StartAll()
    {
        List<AdaptiveAttempt> started = [];
        while (_controller.TryStart(_now, out var attempt, out _)) started.Add(attempt);
        return started;
    }

    private void End(AdaptiveAttempt attempt, AttemptEnd end) => _controller.OnEnded(attempt, end, _now);
}
