package org.anabranch.model.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code model.json}: the model's settings under a format, a version and a type. */
final class ModelFile {
  private static final String FORMAT = "anabranch-model";
  private static final String TYPE = "neural-ode-classifier";
  private static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private ModelFile() {}

  static String write(NeuralOdeClassifier model) {
    ObjectNode file = JSON.createObjectNode();
    file.put("format", FORMAT).put("version", VERSION).put("type", TYPE);
    file.set("settings", JSON.valueToTree(model));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record of numbers and texts is JSON", e);
    }
  }

  static NeuralOdeClassifier read(String text) {
    try {
      JsonNode file = JSON.readTree(text);
      require(file, "format", FORMAT);
      require(file, "version", String.valueOf(VERSION));
      require(file, "type", TYPE);
      return JSON.treeToValue(file.path("settings"), NeuralOdeClassifier.class);
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
