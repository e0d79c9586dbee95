package io.cleave.controller;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.answers.ExitStudy;
import java.util.List;

/** What the two exits of a small network might have answered. */
final class Answered {
  private Answered() {}

  /** A file of answers, said to be those of this model. */
  static byte[] of(String sha256) {
    boolean[] half = {true, false};
    Answers early = new Answers(new float[] {0.1f, 2}, new float[] {0.98f, 0.2f}, half);
    boolean[] all = {true, true};
    Answers last = new Answers(new float[] {0.05f, 1}, new float[] {0.99f, 0.5f}, all);
    ExitAnswers answers = new ExitAnswers(10, List.of(early, last));
    return AnswersFile.content(new ExitStudy(answers, answers), sha256);
  }
}
