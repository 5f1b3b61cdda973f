package org.anabranch.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH measured of one benchmark.
 *
 * @param name of the method
 * @param parameters by name
 * @param medianNanos of a call, over the iterations
 * @param bestNanos of a call, in the fastest iteration
 */
record Timing(String name, Map<String, String> parameters, double medianNanos, double bestNanos) {
  Timing {
    parameters = new TreeMap<>(parameters);
  }

  static Timing of(RunResult result) {
    BenchmarkParams params = result.getParams();
    String benchmark = params.getBenchmark();
    Map<String, String> parameters = new TreeMap<>();
    for (String key : params.getParamsKeys()) {
      parameters.put(key, params.getParam(key));
    }
    Result<?> primary = result.getPrimaryResult();
    return new Timing(
        benchmark.substring(benchmark.lastIndexOf('.') + 1),
        parameters,
        primary.getStatistics().getPercentile(50),
        primary.getStatistics().getMin());
  }

  String parameter(String key) {
    String value = parameters.get(key);
    if (value == null) {
      throw new AssertionError("%s has no parameter %s".formatted(name, key));
    }
    return value;
  }

  int number(String key) {
    return Integer.parseInt(parameter(key));
  }

  /** For JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("benchmark", name);
    map.putAll(parameters);
    map.put("medianNanos", medianNanos);
    map.put("bestNanos", bestNanos);
    return map;
  }
}
