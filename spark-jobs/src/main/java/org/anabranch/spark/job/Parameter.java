package org.anabranch.spark.job;

import java.util.Optional;

/**
 * The one declaration of a setting: file, command line, documentation and provenance all follow it.
 *
 * @param key section and name
 * @param standard the value if nobody writes one; empty if it depends on others, or is required
 * @param standardText for people: what holds if nobody writes one; empty if it is required
 * @param example HOCON that is valid, for remedies
 * @param effect what a different value changes
 * @param sentence what it is, for people, ending with a full stop
 */
record Parameter<T>(
    String key,
    ParameterType<T> type,
    Optional<T> standard,
    String standardText,
    String example,
    Effect effect,
    String sentence) {

  /** Whether a value has a part in the trained parameters. */
  enum Effect {
    /** Another value trains other parameters: a checkpoint of it is another run's. */
    RESULT,
    /** Another value trains the same parameters elsewhere, longer, or in another form. */
    NONE
  }

  static <T> Parameter<T> of(String key, ParameterType<T> type, T standard, String sentence) {
    String text = type.write(standard);
    return new Parameter<>(key, type, Optional.of(standard), text, text, Effect.RESULT, sentence);
  }

  static <T> Parameter<T> required(
      String key, ParameterType<T> type, String example, String sentence) {
    return new Parameter<>(key, type, Optional.empty(), "", example, Effect.RESULT, sentence);
  }

  /** One that nobody has to write, though its value then comes from elsewhere. */
  static <T> Parameter<T> derived(
      String key, ParameterType<T> type, String standardText, String example, String sentence) {
    return new Parameter<>(
        key, type, Optional.empty(), standardText, example, Effect.RESULT, sentence);
  }

  Parameter<T> withoutEffectOnResult() {
    return new Parameter<>(key, type, standard, standardText, example, Effect.NONE, sentence);
  }

  /** The same with words for a default that stands for something. */
  Parameter<T> shownAs(String text) {
    return new Parameter<>(key, type, standard, text, example, effect, sentence);
  }

  boolean isRequired() {
    return standardText.isEmpty();
  }

  String section() {
    int dot = key.lastIndexOf('.');
    return dot < 0 ? "" : key.substring(0, dot);
  }

  /** "whole number, at least 1"; of a choice the alternatives. */
  String kind() {
    if (type.name().equals(Scalar.CHOICE)) {
      return type.range();
    }
    return type.range().isEmpty() ? type.name() : type.name() + ", " + type.range();
  }
}
