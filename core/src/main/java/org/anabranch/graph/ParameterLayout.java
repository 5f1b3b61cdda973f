package org.anabranch.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a model as named views of one flat vector, in the order of their declaration.
 *
 * @param views without gaps, names unique
 */
public record ParameterLayout(List<View> views) {
  /** A parameter's place: {@code shape.size()} numbers from {@code offset}, matrices row by row. */
  public record View(String name, Shape shape, int offset) {
    public int size() {
      return shape.size();
    }
  }

  public ParameterLayout {
    views = List.copyOf(views);
    Set<String> names = new HashSet<>();
    int offset = 0;
    for (View view : views) {
      if (!names.add(view.name())) {
        throw new IllegalArgumentException(
            "ParameterLayout: '%s' is declared twice. Give every layer a name of its own."
                .formatted(view.name()));
      }
      if (view.offset() != offset) {
        throw new IllegalArgumentException(
            "ParameterLayout: '%s' starts at %d, expected %d. Use ParameterLayout.of."
                .formatted(view.name(), view.offset(), offset));
      }
      offset += view.size();
    }
  }

  /** Lays the given shapes out one behind the other, in the map's order. */
  public static ParameterLayout of(Map<String, Shape> shapes) {
    List<View> views = new ArrayList<>();
    int offset = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      views.add(new View(entry.getKey(), entry.getValue(), offset));
      offset += entry.getValue().size();
    }
    return new ParameterLayout(views);
  }

  /** The number of parameters. */
  public int size() {
    return views.isEmpty() ? 0 : last().offset() + last().size();
  }

  /**
   * The view of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public View view(String name) {
    for (View view : views) {
      if (view.name().equals(name)) {
        return view;
      }
    }
    throw new IllegalArgumentException(
        "ParameterLayout: no parameter is called '%s'. Known are %s."
            .formatted(name, views.stream().map(View::name).toList()));
  }

  private View last() {
    return views.get(views.size() - 1);
  }
}
