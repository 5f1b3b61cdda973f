package org.anabranch.spark.job;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A type whose values are one word or number. Text is accepted for all of them, since values from
 * the command line and the environment are text.
 */
record Scalar<T>(String name, String range, Reader<T> reader, Writer<T> writer)
    implements ParameterType<T> {
  /** The name of a type whose range lists all that it takes. */
  static final String CHOICE = "word";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Makes a value of its text. */
  interface Reader<T> {
    T read(String text) throws Unfit;
  }

  /** Makes HOCON of a value. */
  interface Writer<T> {
    String write(T value);
  }

  static ParameterType<Integer> count(Bounds bounds) {
    return new Scalar<>(
        "whole number",
        bounds.toString(),
        text -> Math.toIntExact(whole(text, bounds, Integer.MIN_VALUE, Integer.MAX_VALUE)),
        value -> Integer.toString(value));
  }

  static ParameterType<Long> wholeNumber() {
    return new Scalar<>(
        "whole number",
        "",
        text -> whole(text, Bounds.any(), Long.MIN_VALUE, Long.MAX_VALUE),
        value -> Long.toString(value));
  }

  static ParameterType<Double> number(Bounds bounds) {
    return new Scalar<>(
        "number", bounds.toString(), text -> number(text, bounds), value -> Double.toString(value));
  }

  static ParameterType<Boolean> flag() {
    return new Scalar<>(
        "true or false",
        "",
        text -> choose(text, List.of("true", "false")).equals("true"),
        Object::toString);
  }

  /** One of the constants of an enumeration, in lower case with hyphens. */
  static <E extends Enum<E>> ParameterType<E> choice(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> words = constants.stream().map(Scalar::word).toList();
    return new Scalar<>(
        CHOICE,
        alternatives(words),
        text -> constants.get(words.indexOf(choose(text, words))),
        Scalar::word);
  }

  /** One of some words that HOCON takes without quotes. */
  static ParameterType<String> among(List<String> words) {
    return new Scalar<>(CHOICE, alternatives(words), text -> choose(text, words), word -> word);
  }

  /** One of a few numbers. */
  static ParameterType<Integer> oneOf(Integer... numbers) {
    List<String> words = Arrays.stream(numbers).map(String::valueOf).toList();
    return new Scalar<>(
        "whole number",
        alternatives(words),
        text -> Integer.valueOf(choose(text, words)),
        value -> Integer.toString(value));
  }

  /** A count from 0, or the word {@code last}, which becomes -1. */
  static ParameterType<Integer> column() {
    String expected = "a column counted from 0, or last";
    return new Scalar<>(
        "column",
        "counted from 0, or last",
        text -> {
          if (text.equals("last")) {
            return -1;
          }
          try {
            return Math.toIntExact(whole(text, Bounds.atLeast(0), 0, Integer.MAX_VALUE));
          } catch (Unfit e) {
            throw new Unfit(expected);
          }
        },
        value -> value == -1 ? "last" : Integer.toString(value));
  }

  /** Letters, digits, dots, hyphens and underscores: what every file system takes as a name. */
  static ParameterType<String> label() {
    return checkedText(
        "name",
        NAME,
        "1 to 100 letters, digits, dots, hyphens or underscores, the first a letter or digit");
  }

  static ParameterType<String> path() {
    return new Scalar<>(
        "path",
        "not empty",
        text -> {
          if (text.isBlank()) {
            throw new Unfit("a path, not empty");
          }
          return text;
        },
        ConfigUtil::quoteString);
  }

  /** Anything that is not blank. */
  static ParameterType<String> columnName() {
    return checkedText("name", Pattern.compile("(?s).*\\S.*"), "not empty");
  }

  static ParameterType<String> checkedText(String name, Pattern pattern, String expected) {
    return new Scalar<>(
        name,
        expected,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new Unfit(expected);
          }
          return text;
        },
        ConfigUtil::quoteString);
  }

  @Override
  public T read(ConfigValue value) throws Unfit {
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      throw new Unfit(expected());
    }
    return reader.read(text(value));
  }

  @Override
  public String write(T value) {
    return writer.write(value);
  }

  private String expected() {
    boolean named = name.equals(CHOICE) || name.equals("true or false");
    return range.isEmpty() ? article(name) : named ? range : article(name) + ", " + range;
  }

  private static String article(String name) {
    return name.equals("true or false") ? name : "a " + name;
  }

  /** A number keeps the digits of the file, where {@code unwrapped} would round them. */
  private static String text(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : value.render();
  }

  private static long whole(String text, Bounds bounds, long low, long high) throws Unfit {
    String expected = "a whole number" + (bounds.toString().isEmpty() ? "" : ", " + bounds);
    long value;
    try {
      value = new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Unfit(expected);
    }
    if (!bounds.contain((double) value)) {
      throw new Unfit(bounds.toString());
    }
    if (value < low || value > high) {
      throw new Unfit("a whole number from %d to %d".formatted(low, high));
    }
    return value;
  }

  private static double number(String text, Bounds bounds) throws Unfit {
    double value;
    try {
      // BigDecimal, since parseDouble also takes "NaN", "1f" and "0x1p3".
      value = new BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      throw new Unfit("a number" + (bounds.toString().isEmpty() ? "" : ", " + bounds));
    }
    if (Double.isInfinite(value)) {
      throw new Unfit("a number that float64 can hold");
    }
    if (!bounds.contain(value)) {
      throw new Unfit(bounds.toString());
    }
    return value;
  }

  private static String choose(String text, List<String> words) throws Unfit {
    if (words.contains(text)) {
      return text;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    throw new Unfit(
        alternatives(words),
        Nearest.to(lower, words).map("Did you mean %s?"::formatted).orElse(""));
  }

  private static String alternatives(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
