package org.anabranch.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code model.json}: a model's settings under a format, a version and a type. */
public final class ModelFile {
  private static final String FORMAT = "anabranch-model";
  private static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private ModelFile() {}

  /** The text of a record's settings. */
  public static String write(String type, Record model) {
    ObjectNode file = JSON.createObjectNode();
    file.put("format", FORMAT).put("version", VERSION).put("type", type);
    file.set("settings", JSON.valueToTree(model));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record of numbers and texts is JSON", e);
    }
  }

  /**
   * The record of a text.
   *
   * @throws IllegalArgumentException if it is no such model, with the place
   */
  public static <T extends Record> T read(String text, String type, Class<T> model) {
    try {
      JsonNode file = JSON.readTree(text);
      require(file, "format", FORMAT);
      require(file, "version", String.valueOf(VERSION));
      require(file, "type", type);
      return JSON.treeToValue(file.path("settings"), model);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "model.json: %s. Use the file that training wrote.".formatted(e.getOriginalMessage()), e);
    }
  }

  /** The type that a text says its model has; empty if it says none. */
  public static String type(String text) {
    try {
      return JSON.readTree(text).path("type").asText("");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "model.json: %s. Use the file that training wrote.".formatted(e.getOriginalMessage()), e);
    }
  }

  private static void require(JsonNode file, String key, String expected) {
    String found = file.path(key).asText("missing");
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "model.json: %s is '%s', expected '%s'. Use the file that this version's training wrote."
              .formatted(key, found, expected));
    }
  }
}
