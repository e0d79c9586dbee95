package io.cleave.testbed.live;

import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.RunFolder;

/** On what a live site can be run. */
enum BuiltSite {
  ON_PROCESSES {
    @Override
    SiteAccount run(Experiment experiment, RunFolder folder, Narrator narrator) {
      LocalSettings settings = LocalSettings.closed(new BrokerChoice.Embedded());
      return new LiveSite(experiment, settings, folder).onProcesses(narrator, new Stop());
    }
  },
  IN_CONTAINERS {
    @Override
    SiteAccount run(Experiment experiment, RunFolder folder, Narrator narrator) {
      ContainerEngine engine = Containers.assume();
      LocalSettings settings = ContainerWorld.Conduct.of(engine, 0).closed().settings();
      return new LiveSite(experiment, settings, folder).inContainers(engine, narrator, new Stop());
    }
  };

  abstract SiteAccount run(Experiment experiment, RunFolder folder, Narrator narrator);
}
