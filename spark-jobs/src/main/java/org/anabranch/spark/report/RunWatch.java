package org.anabranch.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.anabranch.spark.data.PackedData;
import org.anabranch.train.Backends;
import org.anabranch.train.Evaluation;
import org.anabranch.train.FlowStudy;
import org.anabranch.train.Pipeline;
import org.anabranch.train.Rounds;
import org.anabranch.train.RunFolder;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a run for its report: where the time goes by executor and phase, and what the first test
 * blocks tell after each evaluation. Nothing that it computes reaches the training, and what fails
 * here fails with a warning. It writes {@code evaluation.json}, {@code trajectories.json} and
 * {@code execution.json} every few seconds at most, and when it is closed: after Spark has stopped,
 * so that the times are complete.
 */
public final class RunWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);
  private static final JsonMapper JSON = new JsonMapper();

  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Evaluated(long round, Evaluation evaluation, double[] parameters) {}

  private final RunFolder folder;
  private final boolean on;
  private final ExecutorTimes times = new ExecutorTimes();
  private final PhaseClock clock = new PhaseClock("between rounds");
  private Map<String, Double> diagnosis = Map.of();
  private @Nullable Supplier<@Nullable Examination> opening;
  private @Nullable Examination examination;
  private @Nullable PathExamination paths;
  private @Nullable Evaluated waiting;
  private long written = System.nanoTime() - INTERVAL;

  /**
   * @param on false for a watch that neither costs nor writes anything
   */
  public RunWatch(RunFolder folder, boolean on) {
    this.folder = folder;
    this.on = on;
  }

  /** Whether it watches. */
  public boolean isOn() {
    return on;
  }

  /** Adds up what the tasks of a context take from now on. */
  public void listen(JavaSparkContext spark) {
    if (on) {
      spark.sc().addSparkListener(times);
    }
  }

  /**
   * The same rounds, watched.
   *
   * @param backend a name that {@link Backends} knows
   * @param capacity of the blocks
   */
  public Rounds over(
      Rounds rounds,
      JavaSparkContext spark,
      PackedData data,
      Pipeline pipeline,
      String backend,
      int capacity) {
    if (!on) {
      return rounds;
    }
    clock.end("start and data");
    opening =
        () -> {
          var blocks = TestBlocks.first(data, capacity);
          return blocks.isEmpty()
              ? null
              : new Examination(
                  new FlowStudy(pipeline, Backends.named(backend), capacity), pipeline, blocks);
        };
    return new WatchedRounds(rounds, spark, clock, this::evaluated);
  }

  /**
   * The same rounds, watched, of a model that an examination looks at.
   *
   * @param examines told of each evaluation; null for nothing
   */
  public Rounds over(Rounds rounds, JavaSparkContext spark, @Nullable PathExamination examines) {
    if (!on) {
      return rounds;
    }
    clock.end("start and data");
    paths = examines;
    return new WatchedRounds(rounds, spark, clock, this::evaluated);
  }

  /** Figures of the last evaluation beside loss and accuracy, under the names of metrics. */
  public Map<String, Double> diagnosis() {
    return diagnosis;
  }

  private void evaluated(long round, Evaluation evaluation, double[] parameters) {
    try {
      if (opening != null) {
        examination = opening.get();
        opening = null;
      }
      if (paths != null) {
        diagnosis = paths.figures(round, parameters);
      }
      waiting = new Evaluated(round, evaluation, parameters.clone());
      if (examination != null) {
        diagnosis = examination.diagnosis(parameters);
      }
      if (System.nanoTime() - written >= INTERVAL) {
        write();
        written = System.nanoTime();
      }
    } catch (IOException | RuntimeException e) {
      warn(e);
    }
  }

  @Override
  public void close() {
    if (!on) {
      return;
    }
    clock.end("end");
    try {
      write();
    } catch (IOException | RuntimeException e) {
      warn(e);
    }
  }

  private void write() throws IOException {
    Evaluated last = waiting;
    if (last != null && examination != null) {
      put(
          RunRecords.EVALUATION,
          examination.evaluation(last.round(), last.evaluation(), last.parameters()));
      put(RunRecords.TRAJECTORIES, examination.trajectories(last.round(), last.parameters()));
      waiting = null;
    }
    ObjectNode execution = JSON.createObjectNode();
    execution.set("driver", JSON.valueToTree(clock.seconds()));
    execution.set("executors", times.rows());
    execution.set("lost", times.lost());
    put(RunRecords.EXECUTION, execution);
  }

  private void put(String name, JsonNode content) throws IOException {
    folder.write(name, (content + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void warn(Exception failure) {
    LOG.warn("The report will lack a part: {}. The training is not concerned.", failure.toString());
    waiting = null;
    examination = null;
    paths = null;
    diagnosis = Map.of(); // else the next evaluations would be told with the last one's
  }
}
