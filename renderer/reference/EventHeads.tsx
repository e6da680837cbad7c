import { REFERENCE } from '../../shared/reference/reference.ts'
import { EVENTS } from '../../shared/reference/schema.ts'
import { EventGlyph } from './EventGlyph.tsx'

/** The head of a table with a column for each of the two events. */
export function EventHeads() {
  return (
    <thead>
      <tr>
        <td />
        {EVENTS.map((event) => (
          <th key={event} scope="col">
            <EventGlyph event={event} /> {REFERENCE.eventLabels[event]}
          </th>
        ))}
      </tr>
    </thead>
  )
}
