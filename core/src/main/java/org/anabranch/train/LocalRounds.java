package org.anabranch.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.anabranch.graph.ParameterLayout;
import org.jspecify.annotations.Nullable;

/**
 * Rounds on threads of this process. Gives the bits that Spark gives: blocks go to whichever thread
 * is free, and the sum is exact. One round at a time.
 */
public final class LocalRounds implements Rounds {
  private final ParameterLayout layout;
  private final int classes;
  private final Map<Integer, Block> train = new HashMap<>();
  private final List<Block> validation;
  private final List<Block> test;
  private final List<Seat> seats = new ArrayList<>();
  private final CallerAndThreads crew;
  private double[] parameters = {};
  private long version;

  /** A thread's worker, and which version of the parameters it holds. */
  private static final class Seat {
    private static final long UNKNOWN = -1;

    private final BlockWorker worker;
    private long version = UNKNOWN;

    Seat(BlockWorker worker) {
      this.worker = worker;
    }
  }

  /**
   * Starts the threads, with a worker each.
   *
   * @param threads at least 1
   */
  public LocalRounds(BlockWorkerFactory factory, List<Block> train, List<Block> test, int threads) {
    this(factory, train, List.of(), test, threads);
  }

  /**
   * Starts the threads, with a worker each.
   *
   * @param threads at least 1
   */
  public LocalRounds(
      BlockWorkerFactory factory,
      List<Block> train,
      List<Block> validation,
      List<Block> test,
      int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "LocalRounds: threads is %d. Use at least 1.".formatted(threads));
    }
    this.layout = factory.layout();
    this.classes = factory.classes();
    train.forEach(block -> this.train.put(block.number(), block));
    this.validation = List.copyOf(validation);
    this.test = List.copyOf(test);
    for (int i = 0; i < threads; i++) {
      seats.add(new Seat(factory.create()));
    }
    crew = new CallerAndThreads(threads - 1);
  }

  @Override
  public ExactSum gradient(
      long round, double[] parameters, List<Integer> blocks, @Nullable Scales scales) {
    List<Block> chosen = blocks.stream().map(this::trainBlock).toList();
    take(parameters);
    AtomicInteger next = new AtomicInteger();
    List<ExactSum> sums = onEverySeat(seat -> gradient(round, loaded(seat), chosen, next, scales));
    ExactSum sum = sums.get(0);
    sums.subList(1, sums.size()).forEach(sum::merge);
    return sum;
  }

  @Override
  public ExactSum localSteps(LocalRound round, double[] start, @Nullable Scales scales) {
    round.blocks().forEach(this::trainBlock);
    List<Integer> numbers = List.copyOf(round.workersOf(round.blocks()));
    AtomicInteger next = new AtomicInteger();
    List<ExactSum> sums =
        onEverySeat(
            seat -> {
              seat.version = Seat.UNKNOWN;
              ExactSum sum = LocalSteps.sum(layout, round.averaging(), scales);
              LocalSteps steps =
                  new LocalSteps(Backends.named("simd"), round, layout, seat.worker, start);
              for (int i = next.getAndIncrement(); i < numbers.size(); i = next.getAndIncrement()) {
                sum.add(steps.run(numbers.get(i), train::get));
              }
              return sum;
            });
    ExactSum sum = sums.get(0);
    sums.subList(1, sums.size()).forEach(sum::merge);
    return sum;
  }

  @Override
  public Crew crew() {
    return crew;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public Evaluation evaluate(double[] parameters) {
    return evaluate(parameters, test);
  }

  @Override
  public Evaluation validate(double[] parameters) {
    return evaluate(parameters, validation);
  }

  private Evaluation evaluate(double[] parameters, List<Block> blocks) {
    take(parameters);
    AtomicInteger next = new AtomicInteger();
    return onEverySeat(seat -> tally(loaded(seat), blocks, next)).stream()
        .reduce(new EvaluationTally(classes), EvaluationTally::merge)
        .evaluation();
  }

  @Override
  public void close() {
    crew.close();
  }

  private ExactSum gradient(
      long step,
      BlockWorker worker,
      List<Block> blocks,
      AtomicInteger next,
      @Nullable Scales scales) {
    ExactSum sum = ExactSum.empty(layout, scales);
    for (int i = next.getAndIncrement(); i < blocks.size(); i = next.getAndIncrement()) {
      sum.add(worker.gradient(blocks.get(i), step));
    }
    return sum;
  }

  private EvaluationTally tally(BlockWorker worker, List<Block> blocks, AtomicInteger next) {
    EvaluationTally tally = new EvaluationTally(classes);
    for (int i = next.getAndIncrement(); i < blocks.size(); i = next.getAndIncrement()) {
      tally.add(worker, blocks.get(i));
    }
    return tally;
  }

  private Block trainBlock(int number) {
    Block block = train.get(number);
    if (block == null) {
      throw new IllegalArgumentException(
          "LocalRounds: there is no training block %d among %d. Plan batches for these blocks."
              .formatted(number, train.size()));
    }
    return block;
  }

  /** A repeated round, or an evaluation after it, finds its parameters loaded. */
  private void take(double[] wanted) {
    if (version == 0 || !Arrays.equals(wanted, parameters)) {
      if (parameters.length != wanted.length) {
        parameters = new double[wanted.length];
      }
      System.arraycopy(wanted, 0, parameters, 0, wanted.length);
      version++;
    }
  }

  /** On the seat's own thread: loading takes as long as the gradients of several blocks. */
  private BlockWorker loaded(Seat seat) {
    if (seat.version != version) {
      seat.worker.load(parameters);
      seat.version = version;
    }
    return seat.worker;
  }

  private interface Work<R> {
    R at(Seat seat);
  }

  private <R> List<R> onEverySeat(Work<R> work) {
    List<@Nullable R> results = new ArrayList<>(Collections.nCopies(seats.size(), null));
    crew.run(i -> results.set(i, work.at(seats.get(i))));
    return results.stream().map(Objects::requireNonNull).toList();
  }
}
