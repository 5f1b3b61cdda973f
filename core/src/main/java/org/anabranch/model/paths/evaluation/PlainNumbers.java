package org.anabranch.model.paths.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Numbers of a report: five digits, and null for what JSON has no number for. */
final class PlainNumbers {
  private static final MathContext DIGITS = new MathContext(5);

  private PlainNumbers() {}

  static JsonNode of(double number) {
    return Double.isFinite(number)
        ? JsonNodeFactory.instance.numberNode(new BigDecimal(number).round(DIGITS).doubleValue())
        : JsonNodeFactory.instance.nullNode();
  }

  static ArrayNode of(List<Double> numbers) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(numbers.size());
    numbers.forEach(number -> array.add(of(number)));
    return array;
  }
}
