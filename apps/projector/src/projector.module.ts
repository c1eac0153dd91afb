import 'reflect-metadata';
import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Projector } from '@iter/read-models';

const PROJECTOR = Symbol('Projector');

/** Starts following when the process is up, and ends after the page in hand. */
@Injectable()
class Following implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(PROJECTOR) private readonly projector: Projector) {}

  /** Queries make sense once the tables are there: whoever starts the process waits for that. */
  async onApplicationBootstrap(): Promise<void> {
    this.projector.start();
    await this.projector.ready;
  }

  onApplicationShutdown(): Promise<void> {
    return this.projector.stop();
  }
}

/** Follows the log and keeps the views. Several may run: the checkpoint lets one work and the others stand by. */
@Module({})
export class ProjectorModule {
  static with(projector: Projector): DynamicModule {
    return {
      module: ProjectorModule,
      providers: [{ provide: PROJECTOR, useValue: projector }, Following],
    };
  }
}
