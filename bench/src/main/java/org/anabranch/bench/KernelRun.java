package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How long JMH measures: every benchmark in a Java of its own, with the options of this one and
 * with a compiler that is waited for, so that a busy machine cannot make interpreted code count.
 *
 * @param warmUpMilliseconds that do not count
 * @param iterations that count
 * @param milliseconds of an iteration
 */
record KernelRun(int warmUpMilliseconds, int iterations, int milliseconds) {
  static KernelRun thorough() {
    return new KernelRun(1_000, 7, 120);
  }

  static KernelRun quick() {
    return new KernelRun(700, 3, 80);
  }

  /**
   * Measures the benchmarks of a class.
   *
   * @param parameter {@code name=value} for a parameter that is not to take all its values, or
   *     empty
   */
  List<Timing> measure(Class<?> benchmarks, String parameter) throws IOException {
    Path log = Files.createTempFile("anabranch-" + benchmarks.getSimpleName(), ".log");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
            .forks(1)
            .jvmArgsAppend("-Xbatch")
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(warmUpMilliseconds))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.milliseconds(milliseconds))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.NORMAL)
            .output(log.toString());
    int equals = parameter.indexOf('=');
    if (equals > 0) {
      options.param(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    List<Timing> timings = new ArrayList<>();
    try {
      for (RunResult result : new Runner(options.build()).run()) {
        timings.add(Timing.of(result));
      }
    } catch (RunnerException e) {
      throw new IllegalStateException(
          "%s did not run: %s. What it printed is in %s."
              .formatted(benchmarks.getSimpleName(), e.getMessage(), log),
          e);
    }
    Files.delete(log);
    return timings;
  }
}
