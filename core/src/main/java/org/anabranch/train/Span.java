package org.anabranch.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.anabranch.graph.Value;

/** Neighbouring parameters of the flat vector, which a rule treats in a way of their own. */
record Span(int from, int size) implements Serializable {
  /** What of it lies in a range, counted from the range's start; its size is 0 or less if none. */
  Span within(int start, int length) {
    int first = Math.max(from, start);
    return new Span(first - start, Math.min(from + size, start + length) - first);
  }

  /** What of spans lies in a range, counted from the range's start. */
  static List<Span> inside(List<Span> spans, int from, int size) {
    return spans.stream()
        .map(span -> span.within(from, size))
        .filter(span -> span.size() > 0)
        .toList();
  }

  /**
   * 1 for the parameters of some spans, 0 for the others.
   *
   * @param spans ascending
   * @param parameters their number
   */
  static Value mask(List<Span> spans, int parameters) {
    return filled(spans, parameters, 0, span -> 1);
  }

  /**
   * A number for each parameter, as a constant: it is rounded to float32.
   *
   * @param spans ascending
   * @param parameters their number
   * @param elsewhere outside of the spans
   * @param inside by the place of a span in the list
   */
  static Value filled(
      List<Span> spans, int parameters, double elsewhere, IntToDoubleFunction inside) {
    List<Value> parts = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      fill(elsewhere, span.from() - next, parts);
      fill(inside.applyAsDouble(i), span.size(), parts);
      next = span.from() + span.size();
    }
    fill(elsewhere, parameters - next, parts);
    return Value.concatenate(parts).widened();
  }

  private static void fill(double value, int count, List<Value> parts) {
    if (count > 0) {
      parts.add(Value.constant(value).broadcast(count));
    }
  }
}
