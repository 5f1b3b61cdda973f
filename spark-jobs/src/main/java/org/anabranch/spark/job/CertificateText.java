package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.check.BlockFigures;
import org.anabranch.check.Certificate;
import org.anabranch.check.OperationFinding;
import org.anabranch.check.Reference;
import org.anabranch.check.WorkRow;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as people and programs read it.
 *
 * @param run whose parameters were looked at; null for first ones
 * @param notes what is to be known of that, sentences
 */
record CertificateText(
    TrainingConfiguration configuration,
    Certificate certificate,
    @Nullable String run,
    List<String> notes) {
  CertificateText {
    notes = List.copyOf(notes);
  }

  /**
   * @param all whether every row of the solvers' table is wanted
   */
  String text(boolean all) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "%s: %d samples, %,d parameters; %s, %s, gradient %s, backend %s",
            configuration.name(),
            certificate.samples(),
            certificate.blocks().stream().mapToInt(BlockFigures::size).sum(),
            certificate.work().get(0).name(),
            certificate.work().get(0).size(),
            certificate.mode(),
            ModelSettings.backend(configuration)));
    text.append(line("at %s", run == null ? "first parameters" : "the parameters of " + run));
    notes.forEach(note -> text.append(line("Note: %s", note)));
    gradient(text);
    operations(text);
    solvers(text, all);
    text.append(line("%nAdvice"));
    advice().forEach((key, value) -> text.append(line("  %s = %s", key, value)));
    reasons().forEach(reason -> text.append(line("  %s", reason)));
    text.append(line("%n%s", verdict()));
    return text.toString();
  }

  private void gradient(StringBuilder text) {
    String route = "to " + certificate.slopeRoute();
    String column = "%" + route.length() + "s";
    text.append(
        line(
            "%n%-26s %9s %11s %13s %s", "Gradient", "numbers", "to direct", "to reference", route));
    for (BlockFigures block : certificate.blocks()) {
      text.append(
          line(
              "  %-24s %,9d %11s %13s " + column + "  %s",
              block.parameter(),
              block.size(),
              figure(block.ofDirect()),
              figure(block.ofReference()),
              figure(block.ofSlope()),
              block.passes() ? "ok" : "FAILS"));
    }
    text.append(
        line(
            "  %-24s %9s %11s %13s " + column,
            "at most",
            "",
            figure(certificate.bounds().direct()),
            figure(certificate.bounds().reference()),
            figure(certificate.bounds().slope())));
  }

  private void operations(StringBuilder text) {
    List<OperationFinding> suspects = certificate.suspects();
    double worst =
        certificate.operations().stream()
            .filter(finding -> finding.verdict() == OperationFinding.Verdict.RIGHT)
            .mapToDouble(OperationFinding::error)
            .max()
            .orElse(0);
    text.append(line("%nOperations"));
    text.append(
        line(
            "  %d derivatives, each against the slope of its own operation: %s",
            certificate.operations().size(),
            suspects.isEmpty()
                ? "right, the worst to %s.".formatted(figure(worst))
                : found(suspects)));
    suspects.forEach(finding -> text.append(line("  %s", finding.sentence())));
  }

  private static String found(List<OperationFinding> suspects) {
    return suspects.get(0).verdict() == OperationFinding.Verdict.WRONG
        ? "%d wrong.".formatted(suspects.size())
        : "none is wrong, but %d leave something out.".formatted(suspects.size());
  }

  private void solvers(StringBuilder text, boolean all) {
    Reference reference = certificate.reference();
    int width = certificate.work().stream().mapToInt(row -> label(row).length()).max().orElse(0);
    String columns = "%s %-" + width + "s %-12s ";
    text.append(
        line(
            "%nSolvers, %s%s",
            reference.exists()
                ? "error at the end against " + reference.solver()
                : "without errors: no tight solve got through",
            all ? "" : "; yours (*), and what halves the error of all cheaper ones"));
    if (!reference.failures().isEmpty()) {
      text.append(line("  %s", reference.failures()));
    }
    text.append(line(columns + "%9s %12s %10s", " ", "method", "", "error", "evaluations", "ms"));
    for (WorkRow row : all ? certificate.work() : certificate.front()) {
      text.append(
          line(
              columns + "%9s %12.0f %10.3f%s",
              row.configured() ? "*" : " ",
              label(row),
              row.size(),
              row.hasError() ? figure(row.error()) : "-",
              row.evaluations(),
              row.milliseconds(),
              row.isSolved() ? "" : "  " + row.note()));
    }
  }

  /** The configured method may have a damping or coupling that those of the same name have not. */
  private String label(WorkRow row) {
    boolean others =
        certificate.work().stream()
            .anyMatch(other -> other.name().equals(row.name()) && !other.isBy(row.method()));
    return others && row.isBy(certificate.work().get(0).method())
        ? row.name() + " as configured"
        : row.name();
  }

  private Map<String, String> advice() {
    WorkRow row = certificate.advice().row();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("solver.method", row.name());
    if (!certificate.keepsMethod()) {
      own(lines, row);
    }
    if (row.stepping() instanceof TimeGrid grid) {
      lines.put("solver.stepping", "fixed");
      lines.put("solver.steps", String.valueOf(grid.steps()));
    } else if (row.stepping() instanceof AdaptiveSpan span) {
      lines.put("solver.stepping", "adaptive");
      lines.put("solver.rtol", String.valueOf(span.steps().relative()));
      lines.put("solver.atol", String.valueOf(span.steps().absolute()));
    }
    lines.put("gradient", certificate.advice().gradient());
    return lines;
  }

  /** What belongs to the configured method and not to the advised one. */
  private void own(Map<String, String> lines, WorkRow row) {
    TrainingConfiguration.Solver solver = configuration.solver();
    if (solver.damping() != 1) {
      lines.put("solver.damping", "1.0");
    }
    if (row.name().equals(SolverMethods.ALF) && solver.method().equals(SolverMethods.ALF)) {
      lines.put("solver.exact", "true");
    }
  }

  private List<String> reasons() {
    List<String> reasons = new ArrayList<>(certificate.advice().reason());
    if (!certificate.keepsMethod() && configuration.solver().decayRate() != null) {
      reasons.add("Take solver.decay-rate out: no method of the table but yours has it.");
    }
    return reasons;
  }

  private String verdict() {
    long failed = certificate.blocks().stream().filter(block -> !block.passes()).count();
    return certificate.passes()
        ? "The gradient is certified."
        : "The gradient is NOT certified: %d of %d parameters fail, %d derivatives are suspect."
            .formatted(failed, certificate.blocks().size(), certificate.suspects().size());
  }

  private static String figure(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format + "%n", values);
  }

  /** One line: every figure. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", configuration.name());
    object.put("passes", certificate.passes());
    object.put("run", run);
    object.put("notes", notes);
    object.put("samples", certificate.samples());
    object.put("gradient", certificate.mode());
    object.put("slopeRoute", certificate.slopeRoute());
    object.put(
        "bounds",
        Map.of(
            "direct", certificate.bounds().direct(),
            "reference", certificate.bounds().reference(),
            "slope", certificate.bounds().slope()));
    List<Map<String, ?>> blocks = new ArrayList<>();
    certificate.blocks().forEach(block -> blocks.add(json(block)));
    object.put("parameters", blocks);
    List<Map<String, ?>> suspects = new ArrayList<>();
    certificate.suspects().forEach(finding -> suspects.add(json(finding)));
    object.put("derivatives", certificate.operations().size());
    object.put("suspects", suspects);
    List<Map<String, ?>> work = new ArrayList<>();
    certificate.work().forEach(row -> work.add(json(row)));
    object.put("reference", certificate.reference().solver());
    object.put("referenceFailures", certificate.reference().failures());
    object.put("solvers", work);
    Map<String, Object> advice = new LinkedHashMap<>(advice());
    advice.put("reason", reasons());
    object.put("advice", advice);
    return Json.line(object) + System.lineSeparator();
  }

  private static Map<String, ?> json(BlockFigures block) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", block.parameter());
    object.put("numbers", block.size());
    object.put("toDirect", number(block.ofDirect()));
    object.put("toReference", number(block.ofReference()));
    object.put("toSlope", number(block.ofSlope()));
    object.put("passes", block.passes());
    return object;
  }

  private static Map<String, ?> json(OperationFinding finding) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("place", finding.place());
    object.put("operation", finding.operation());
    object.put("operands", finding.operands());
    object.put("operand", finding.operand());
    object.put("error", number(finding.error()));
    object.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
    return object;
  }

  private Map<String, ?> json(WorkRow row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("method", row.name());
    object.put("label", label(row));
    object.put("size", row.size());
    object.put("configured", row.configured());
    object.put("error", number(row.error()));
    object.put("evaluations", row.evaluations());
    object.put("steps", row.steps());
    object.put("milliseconds", row.milliseconds());
    object.put("note", row.note());
    return object;
  }

  private static @Nullable Double number(double value) {
    return Json.number(value);
  }
}
