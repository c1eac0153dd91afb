import { describe, expect, it } from '@jest/globals';
import { parseDecisions } from '@iter/dmn';
import type { EvaluatedDecision } from '@iter/dmn';
import { businessRule, end, feel, mapping, plain, processModel, start, user } from '../testing/model.ts';
import { Play, short, trace } from '../testing/play.ts';

const file = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
  <decision id="double" name="double"><literalExpression><text>n * 2</text></literalExpression></decision>
</definitions>`;

const decision = {
  decision: plain('double'),
  binding: { kind: 'latest' as const, versionTag: null },
  resultVariable: 'twice',
};

async function played(details: Parameters<typeof businessRule>[1]): Promise<Play> {
  const { definitions } = await parseDecisions(file);
  const model = processModel(
    'p',
    [start('s'), businessRule('d', { decision, ...details }), user('u'), end('e')],
    ['s -> d -> u -> e'],
  );
  const play = new Play(model);
  play.deployed = {
    called: () => null,
    decision: (id) => (definitions && id === 'double' ? { definitions, version: 1, hash: 'h' } : null),
  };
  return play;
}

describe('a business rule task', () => {
  it('begins and decides in one event, which says why, and is over', async () => {
    const play = await played({});
    const events = play.start({ n: 4 });
    const evaluated = events.find(({ type }) => type === 'DecisionEvaluated');
    expect(evaluated?.data).toMatchObject({ element: 'd', decision: 'double', output: 8 });
    expect((evaluated?.data as { evaluated: readonly EvaluatedDecision[] }).evaluated).toHaveLength(1);
    expect(trace(play.model, play.history).filter((line) => line.endsWith(' d'))).toEqual([
      'element-activated d',
      'decision-evaluated d',
      'element-completed d',
    ]);
    expect(play.state.root.variables).toEqual({ n: 4, twice: 8 });
    expect(play.live()).toEqual(['u']);
  });

  it('decides by its inputs, and is undone by who knows them', async () => {
    const play = await played({ inputs: [mapping('n + 1', 'n')], compensatedBy: 'u' });
    play.start({ n: 4 });
    expect(play.state.root.variables).toEqual({ n: 4, twice: 10 });
    expect(play.state.root.compensables).toMatchObject([{ element: 'd', variables: { n: 5 } }]);
  });

  it('is stuck before it begins when its decision is not there', async () => {
    const play = await played({ decision: { ...decision, decision: feel('"none"') } });
    expect(short(play.start({ n: 4 })).at(-1)).toBe('IncidentRaised d decision-not-found');
    expect(play.state.root.children).toBe(1);
  });
});
