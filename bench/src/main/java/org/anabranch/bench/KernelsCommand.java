package org.anabranch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anabranch.backend.simd.ElementBenchmark;
import org.anabranch.backend.simd.NormalsBenchmark;
import org.anabranch.backend.simd.PeakBenchmark;
import org.anabranch.backend.simd.ProductBenchmark;
import org.anabranch.backend.simd.ProductTileBenchmark;
import org.anabranch.backend.simd.RowProductTileBenchmark;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anabranch bench kernels}: the kernels one by one, on one core. */
@Command(
    name = "kernels",
    description = {
      "Times the kernels by JMH, one core, each in a Java of its own, and prints a Markdown table.",
      "Takes about three minutes; with --quick, which measures tiles of 64 samples only, one."
    },
    mixinStandardHelpOptions = true)
final class KernelsCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Fewer and shorter measurements.")
  private boolean quick;

  @Option(
      names = "--tiles",
      description = "The shapes of register tiles against each other, instead of the kernels.")
  private boolean tiles;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there, too.")
  private @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    KernelRun run = quick ? KernelRun.quick() : KernelRun.thorough();
    List<Timing> peaks = new ArrayList<>(measure(run, PeakBenchmark.class, ""));
    KernelTable table = tiles ? tiles(run, peaks) : kernels(run, peaks);
    ProgramOutput.print(table.markdown());
    if (json != null) {
      Map<String, Object> document = new LinkedHashMap<>(Machine.here().toMap());
      document.put("peakGigaflops", table.peak());
      document.put("timings", table.rows());
      Files.writeString(json, Json.line(document) + "\n");
    }
    return 0;
  }

  private KernelTable kernels(KernelRun run, List<Timing> peaks) throws IOException {
    List<Timing> products = measure(run, ProductBenchmark.class, quick ? "rows=64" : "");
    List<Timing> elements = new ArrayList<>(measure(run, ElementBenchmark.class, ""));
    elements.addAll(measure(run, NormalBenchmark.class, ""));
    elements.addAll(measure(run, NormalsBenchmark.class, ""));
    peaks.addAll(measure(run, PeakBenchmark.class, ""));
    return new KernelTable(Machine.here(), peaks).products(products).elements(elements);
  }

  private KernelTable tiles(KernelRun run, List<Timing> peaks) throws IOException {
    String depth = quick ? "depth=64" : "";
    List<Timing> shapes = new ArrayList<>(measure(run, ProductTileBenchmark.class, depth));
    shapes.addAll(measure(run, RowProductTileBenchmark.class, depth));
    peaks.addAll(measure(run, PeakBenchmark.class, ""));
    return new KernelTable(Machine.here(), peaks).tiles(shapes);
  }

  private List<Timing> measure(KernelRun run, Class<?> benchmarks, String parameter)
      throws IOException {
    if (spec != null) {
      spec.commandLine().getErr().printf("Measuring %s ...%n", benchmarks.getSimpleName());
      spec.commandLine().getErr().flush();
    }
    return run.measure(benchmarks, parameter);
  }
}
