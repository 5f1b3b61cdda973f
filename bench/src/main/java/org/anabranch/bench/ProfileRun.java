package org.anabranch.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.anabranch.solver.Stepping;

/**
 * How a reference workload is sampled, by the flight recorder of this very process.
 *
 * @param warmUpSeconds the least time before, for the compiler
 * @param seconds of the recording, at least; the run that is under way is finished
 */
record ProfileRun(
    ReferenceCase workload, Stepping stepping, int threads, double warmUpSeconds, double seconds) {
  private static final Duration PERIOD = Duration.ofMillis(10);

  private static final String SAMPLE = "jdk.ExecutionSample";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  ProfileRun {
    if (threads < 1 || !(seconds > 0)) {
      throw new IllegalArgumentException(
          "%d threads, %s seconds: threads must be at least 1, seconds above 0."
              .formatted(threads, seconds));
    }
  }

  Profile record(OdeProblem problem) throws IOException {
    try (TiledGradient gradient =
            new TiledGradient(problem, workload.method(), workload.mode(), stepping, threads);
        Recording recording = new Recording()) {
      recording.enable(SAMPLE).withPeriod(PERIOD);
      Repeats.warmUp(gradient::run, warmUpSeconds);
      recording.start();
      long allocatedBefore = allocated(gradient);
      long start = System.nanoTime();
      int runs = 0;
      double elapsed = 0;
      for (; elapsed < seconds; runs++) {
        gradient.run();
        elapsed = (System.nanoTime() - start) * 1e-9;
      }
      long allocated = allocated(gradient) - allocatedBefore;
      recording.stop();
      return profile(
          samples(recording, gradient.threadIds()),
          title(problem, gradient, elapsed / runs, (double) allocated / runs),
          Math.round(elapsed * 1000 / PERIOD.toMillis() * threads));
    }
  }

  private String title(
      OdeProblem problem, TiledGradient gradient, double secondsARun, double bytesARun) {
    StepCounts counts = gradient.steps();
    double steps = (double) counts.tried() / counts.samples();
    return String.format(
        Locale.ROOT,
        "%s, dimension %d, %.4g steps, threads: %d; %.4f s a run; allocated: %.0f bytes a run, %.1f"
            + " a step of a tile.%n%s",
        workload.command(),
        problem.dimension(),
        steps,
        threads,
        secondsARun,
        bytesARun,
        bytesARun / (gradient.tiles() * steps),
        Machine.here().sentence());
  }

  private static long allocated(TiledGradient gradient) {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(gradient.threadIds())).sum();
  }

  private static List<RecordedEvent> samples(Recording recording, long[] threadIds)
      throws IOException {
    Set<Long> solving = Arrays.stream(threadIds).boxed().collect(Collectors.toSet());
    Path file = Files.createTempFile("anabranch-profile", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(SAMPLE))
          .filter(event -> solving.contains(threadId(event)))
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  private static long threadId(RecordedEvent event) {
    RecordedThread thread = event.getThread("sampledThread");
    return thread == null ? -1 : thread.getJavaThreadId();
  }

  private static Profile profile(List<RecordedEvent> samples, String title, long expected) {
    if (samples.isEmpty()) {
      throw new IllegalStateException("The flight recorder took no sample. Record for longer.");
    }
    Map<TimeKind, Long> times = new HashMap<>();
    for (RecordedEvent sample : samples) {
      times.merge(TimeKind.of(frames(sample)), 1L, Long::sum);
    }
    return new Profile(title, samples.size(), expected, times, exact());
  }

  private static List<String> frames(RecordedEvent sample) {
    return sample.getStackTrace().getFrames().stream()
        .map(RecordedFrame::getMethod)
        .map(method -> method.getType().getName() + "." + method.getName())
        .toList();
  }

  private static boolean exact() {
    return ManagementFactory.getRuntimeMXBean()
        .getInputArguments()
        .contains("-XX:+DebugNonSafepoints");
  }
}
