package io.cleave.testbed.site;

import io.cleave.policies.control.Targeting;
import io.cleave.testbed.experiment.CsvFile;
import io.cleave.testbed.experiment.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every way to choose servers came to, seed by seed. */
public final class SiteResults {
  private final Map<Contestant, List<SiteRow>> rows = new LinkedHashMap<>();

  /** A planner and how it is chosen whom it may plan for. */
  public record Contestant(String planner, Targeting targeting) {}

  /** Nothing yet. */
  public SiteResults() {}

  /** Adds a seed. */
  public void add(Contestant contestant, SiteRow row) {
    rows.computeIfAbsent(contestant, any -> new ArrayList<>()).add(row);
  }

  private static Sample sample(List<SiteRow> seeds, SiteMeasure measure) {
    Sample sample = new Sample();
    seeds.forEach(row -> sample.add(measure.of(row)));
    return sample;
  }

  /** Means and sample standard deviations over the seeds, one row a contestant. */
  public void write(Path file) {
    CsvFile.write(
        file,
        csv -> {
          List<String> header = new ArrayList<>(List.of("planner", "targeting", "seeds"));
          for (SiteMeasure measure : SiteMeasure.values()) {
            header.add(measure.column());
            header.add(measure.column() + "_sd");
          }
          csv.writeRecord(header);
          rows.forEach((contestant, seeds) -> csv.writeRecord(cells(contestant, seeds)));
        });
  }

  private static List<String> cells(Contestant contestant, List<SiteRow> seeds) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                contestant.planner(), contestant.targeting().id(), Integer.toString(seeds.size())));
    for (SiteMeasure measure : SiteMeasure.values()) {
      Sample sample = sample(seeds, measure);
      cells.add(measure.text(sample.mean()));
      cells.add(measure.text(sample.deviation()));
    }
    return cells;
  }

  /** Header and rows for the terminal. */
  public List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("planner", "servers chosen by"));
    for (SiteMeasure measure : SiteMeasure.values()) {
      header.add(measure.title());
    }
    table.add(header);
    rows.forEach(
        (contestant, seeds) -> {
          List<String> cells =
              new ArrayList<>(List.of(contestant.planner(), contestant.targeting().id()));
          for (SiteMeasure measure : SiteMeasure.values()) {
            Sample sample = sample(seeds, measure);
            cells.add(measure.shortText(sample.mean(), sample.deviation()));
          }
          table.add(cells);
        });
    return table;
  }
}
