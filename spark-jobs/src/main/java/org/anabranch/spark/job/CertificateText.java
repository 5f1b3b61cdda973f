package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.check.BlockFigures;
import org.anabranch.check.Certificate;
import org.anabranch.check.OperationFinding;
import org.anabranch.check.WorkRow;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;

/** A certificate as people and programs read it. */
record CertificateText(TrainingConfiguration configuration, Certificate certificate) {
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
            certificate.work().get(0).method(),
            certificate.work().get(0).size(),
            certificate.mode(),
            ModelSettings.backend(configuration)));
    gradient(text);
    operations(text);
    solvers(text, all);
    text.append(line("%nAdvice"));
    advice().forEach((key, value) -> text.append(line("  %s = %s", key, value)));
    certificate.advice().reason().forEach(reason -> text.append(line("  %s", reason)));
    text.append(line("%n%s", verdict()));
    return text.toString();
  }

  private void gradient(StringBuilder text) {
    text.append(
        line(
            "%n%-26s %9s %11s %13s %s",
            "Gradient", "numbers", "to direct", "to reference", "to " + certificate.slopeRoute()));
    for (BlockFigures block : certificate.blocks()) {
      text.append(
          line(
              "  %-24s %,9d %11s %13s %11s  %s",
              block.parameter(),
              block.size(),
              figure(block.ofDirect()),
              figure(block.ofReference()),
              figure(block.ofSlope()),
              block.passes() ? "ok" : "FAILS"));
    }
    text.append(
        line(
            "  %-24s %9s %11s %13s %11s",
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
            suspects.isEmpty() ? "right, the worst to %s.".formatted(figure(worst)) : "see"));
    suspects.forEach(finding -> text.append(line("  %s", finding.sentence())));
  }

  private void solvers(StringBuilder text, boolean all) {
    text.append(
        line(
            "%nSolvers, error at the end against dopri8 at a tolerance of 1e-11%s%n  %-16s %-12s %9s %12s %10s",
            all ? "" : "; those that none beats, and yours",
            "method",
            "",
            "error",
            "evaluations",
            "ms"));
    for (WorkRow row : all ? certificate.work() : certificate.front()) {
      text.append(
          line(
              "%s %-16s %-12s %9s %12.0f %10.3f%s",
              row.configured() ? "*" : " ",
              row.method(),
              row.size(),
              row.isSolved() ? figure(row.error()) : "-",
              row.evaluations(),
              row.milliseconds(),
              row.isSolved() ? "" : "  " + row.note()));
    }
  }

  private Map<String, String> advice() {
    WorkRow row = certificate.advice().row();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("solver.method", row.method());
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
    object.put("solvers", work);
    Map<String, Object> advice = new LinkedHashMap<>(advice());
    advice.put("reason", certificate.advice().reason());
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

  private static Map<String, ?> json(WorkRow row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("method", row.method());
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
