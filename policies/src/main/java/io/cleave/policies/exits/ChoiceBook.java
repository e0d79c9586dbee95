package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.graph.DnnGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The choices worth having of each network, and what their sets of exits make of it. */
final class ChoiceBook {
  private static final int KEPT = 16; // networks

  private final Function<ExitAnswers, List<Choice>> search;
  private final Map<Key, List<Group>> known = new LinkedHashMap<>();

  private record Key(DnnGraph graph, ExitAnswers answers) {} // one object each, told apart as such

  /**
   * Choices that differ by their thresholds only.
   *
   * @param exits what they make of the network
   */
  record Group(ExitSet exits, List<Choice> choices) {}

  ChoiceBook(Function<ExitAnswers, List<Choice>> search) {
    this.search = search;
  }

  /** Worked out at the first time. */
  List<Group> of(DnnGraph graph, ExitAnswers answers) {
    Key key = new Key(graph, answers);
    if (known.size() >= KEPT && !known.containsKey(key)) {
      known.clear();
    }
    return known.computeIfAbsent(key, missing -> groups(graph, search.apply(answers)));
  }

  private static List<Group> groups(DnnGraph graph, List<Choice> choices) {
    Map<List<Integer>, List<Choice>> byExits = new LinkedHashMap<>();
    for (Choice choice : choices) {
      byExits.computeIfAbsent(choice.rule().exits(), none -> new ArrayList<>()).add(choice);
    }
    return byExits.values().stream()
        .map(alike -> new Group(new ExitSet(graph, alike.get(0).rule()), List.copyOf(alike)))
        .toList();
  }
}
